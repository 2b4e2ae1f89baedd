// Runs before the first paint: the modes that the reader chose earlier.
(function (root) {
  root.classList.remove("no-js");
  try {
    var theme = localStorage.getItem("gongbao.theme");
    if (theme) root.setAttribute("data-theme", theme);
    if (localStorage.getItem("gongbao.reader")) root.setAttribute("data-reader", "");
  } catch (error) {
    // Storage may be closed to us; the page then follows the system.
  }
})(document.documentElement);
