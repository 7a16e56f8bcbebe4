/* Chooses light or dark before the first paint, so that no page flashes. Loaded in the head, before all else. */
(function () {
  "use strict";
  var root = document.documentElement;
  var asked = null;
  try {
    asked = window.localStorage.getItem("bilateral-theme");
  } catch (error) {
    // Storage may be forbidden; the system's preference is then all there is.
  }
  var dark = window.matchMedia && window.matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = asked === "dark" || asked === "light" ? asked : dark ? "dark" : "light";
})();
