// A page that leads on takes the fragment along, so that a citation of a section arrives at it.
// Without scripts a refresh leads on, which loses it.

location.replace(document.querySelector("main a").href + location.hash);
