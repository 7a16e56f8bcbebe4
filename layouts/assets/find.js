/* The product search: hands on what is typed at each pause; arrows walk through what was found, Enter follows the
   first, Escape closes. */
(function () {
  "use strict";

  function finderOf(event) {
    return event.target.closest ? event.target.closest(".finder") : null;
  }

  // Long enough not to ask at every letter, too short to be waited for.
  var PAUSE = 150;
  var pause = 0;

  document.addEventListener("input", function (event) {
    var finder = finderOf(event);
    if (!finder) return;
    finder.classList.remove("closed");
    window.clearTimeout(pause);
    pause = window.setTimeout(ask, PAUSE, event.target);
  });

  function ask(input) {
    if (document.body.contains(input)) window.dash_clientside.set_props("find-query", { data: input.value });
  }

  document.addEventListener("focusin", function (event) {
    var finder = finderOf(event);
    if (finder) finder.classList.remove("closed");
  });

  document.addEventListener("focusout", function (event) {
    var finder = finderOf(event);
    if (finder && event.relatedTarget && !finder.contains(event.relatedTarget)) finder.classList.add("closed");
  });

  document.addEventListener("keydown", function (event) {
    var finder = finderOf(event);
    if (!finder) return;
    var links = Array.prototype.slice.call(finder.querySelectorAll(".found a"));
    var input = finder.querySelector("input");
    var at = links.indexOf(event.target);
    if (event.key === "Escape") finder.classList.add("closed");
    else if (event.key === "Enter" && event.target === input && input.value.trim()) follow(finder, input);
    else if (event.key === "ArrowDown" && at + 1 < links.length) links[at + 1].focus();
    else if (event.key === "ArrowUp" && at >= 0) (at ? links[at - 1] : input).focus();
    else return;
    event.preventDefault();
  });

  /* Whoever is faster than the answer is led on when it comes, unless they type on. */
  function follow(finder, input) {
    var typed = input.value;
    if (lead(finder, typed)) return;
    var waiting = new MutationObserver(function () {
      if (lead(finder, typed) || input.value !== typed) waiting.disconnect();
    });
    waiting.observe(finder, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-typed"] });
  }

  function lead(finder, typed) {
    var list = finder.querySelector(".found ul");
    var ready = list && list.dataset.typed === typed;
    if (ready) list.querySelector("a").click();
    return ready;
  }
})();
