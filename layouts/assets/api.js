/* The page for programs: a button copies the line beside it, with the address of this host in its place. */
(function () {
  "use strict";

  document.addEventListener("click", function (event) {
    var button = event.target.closest ? event.target.closest("[data-action=copy-line]") : null;
    if (!button) return;
    var line = button.nextElementSibling.textContent.split("{origin}").join(window.location.origin);
    // Only pages over a secure connection have a clipboard; elsewhere the line is shown to be copied by hand.
    if (!window.navigator.clipboard) return show(button, line);
    window.navigator.clipboard.writeText(line).then(
      function () { done(button); },
      function () { show(button, line); }
    );
  });

  function done(button) {
    button.classList.add("done");
    window.setTimeout(function () { button.classList.remove("done"); }, 1500);
  }

  function show(button, line) {
    var shown = button.nextElementSibling;
    shown.textContent = line;
    shown.hidden = false;
    window.getSelection().selectAllChildren(shown);
  }
})();
