/* Reopens the view of a picture that was downloaded here: dropped on any page, pasted, or picked. */
(function () {
  "use strict";

  document.addEventListener("dragover", function (event) {
    if (!hasFiles(event)) return;
    event.preventDefault();
    window.bilateral.say("dropHere", true);
  });

  document.addEventListener("dragleave", function (event) {
    if (!event.relatedTarget) window.bilateral.say("");
  });

  document.addEventListener("drop", function (event) {
    if (!hasFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer.files.length) reopen(event.dataTransfer.files[0]);
  });

  document.addEventListener("paste", function (event) {
    var files = event.clipboardData ? event.clipboardData.files : [];
    if (files.length) reopen(files[0]);
  });

  document.addEventListener("click", function (event) {
    if (!event.target.closest || !event.target.closest("[data-reopen]")) return;
    var input = document.createElement("input");
    input.type = "file";
    input.accept = "image/png";
    input.addEventListener("change", function () {
      if (input.files.length) reopen(input.files[0]);
    });
    input.click();
  });

  function hasFiles(event) {
    return event.dataTransfer && Array.prototype.indexOf.call(event.dataTransfer.types, "Files") >= 0;
  }

  function reopen(file) {
    window.bilateral.png.recall(file).then(
      function (address) {
        window.dash_clientside.set_props("url", { pathname: address.pathname, search: address.search });
        window.scrollTo(0, 0);
        window.bilateral.say("reopened");
      },
      function (refusal) { window.bilateral.say(refusal.message in window.bilateral.messages() ? refusal.message : "damaged"); }
    );
  }
})();
