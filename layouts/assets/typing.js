/* Whoever opens a list that can be searched may type at once: Dash puts the focus on the option that is chosen, where
   letters would do nothing. */
(function () {
  "use strict";

  document.addEventListener("keydown", function (event) {
    if (event.key.length !== 1 || event.key === " " || event.ctrlKey || event.metaKey || event.altKey) return;
    var list = document.querySelector(".dash-dropdown-content");
    var field = list && list.querySelector("input.dash-dropdown-search, .dash-dropdown-search input");
    var typing = event.target.matches && event.target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");
    if (!field || event.target === field || (typing && !event.target.matches(".dash-dropdown-focus-target"))) return;
    // The letter then arrives in the field.
    field.focus();
  }, true);
})();
