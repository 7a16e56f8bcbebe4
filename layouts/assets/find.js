/* Finds links by what is typed above them: every word must occur, whatever its case and accents. */
(function () {
  "use strict";

  var MOST = 12;

  document.addEventListener("input", function (event) {
    var finder = event.target.closest ? event.target.closest(".finder") : null;
    if (finder) find(finder, event.target.value);
  });

  document.addEventListener("keydown", function (event) {
    var finder = event.target.closest ? event.target.closest(".finder") : null;
    if (!finder) return;
    var links = Array.prototype.slice.call(finder.querySelectorAll("li:not([hidden]) a"));
    var input = finder.querySelector("input");
    var at = links.indexOf(event.target);
    if (event.key === "Escape") finder.querySelector(".found").hidden = true;
    else if (event.key === "Enter" && event.target === input && !finder.querySelector(".found").hidden && links.length) links[0].click();
    else if (event.key === "ArrowDown" && at + 1 < links.length) links[at + 1].focus();
    else if (event.key === "ArrowUp" && at >= 0) (at ? links[at - 1] : input).focus();
    else return;
    event.preventDefault();
  });

  document.addEventListener("focusout", function (event) {
    var finder = event.target.closest ? event.target.closest(".finder") : null;
    if (finder && event.relatedTarget && !finder.contains(event.relatedTarget)) finder.querySelector(".found").hidden = true;
  });

  function find(finder, typed) {
    var wanted = folded(typed).split(/\s+/).filter(Boolean);
    var shown = 0;
    finder.querySelectorAll("li").forEach(function (item) {
      var words = folded(item.textContent);
      var matches = shown < MOST && wanted.every(function (word) { return words.indexOf(word) >= 0; });
      item.hidden = !matches;
      if (matches) shown += 1;
    });
    finder.querySelector("p").hidden = shown > 0;
    finder.querySelector(".found").hidden = !wanted.length;
  }

  function folded(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }
})();
