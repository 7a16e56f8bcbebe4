/* After each letter Dash puts the caret back to where it stood, some moments later: whoever typed on meanwhile has the
   next letters in the middle of the word. In our fields nothing but the reader moves the caret. */
(function () {
  "use strict";

  function stay() {}

  document.addEventListener("focusin", function (event) {
    if (event.target.tagName === "INPUT") event.target.setSelectionRange = stay;
  });
})();
