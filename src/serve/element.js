// Elements, as the bar and the desk of the preview make them.

/** An element with its properties, its attributes (`aria-…`, `data-…`, `for`, `role`) and what is in it. */
export function element(name, properties = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (/^(aria-|data-|for$|role$|list$)/.test(key)) made.setAttribute(key, value);
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made[key] = value;
  }
  made.append(...inside.flat().filter((part) => part !== null && part !== undefined && part !== ""));
  return made;
}
