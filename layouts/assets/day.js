/* The slider of days: shows the day while it is dragged and puts it into the box of the day when it is let go. */
(function () {
  "use strict";

  var DAY = 86400000;
  // An arrow key moves a day at a time; the page is drawn when the keys rest.
  var REST = 350;
  var ID = "day-slider";
  var waiting = null;
  var held = null;

  function slider(event) {
    return event.target.id === ID ? event.target : null;
  }

  function dayOf(input) {
    var first = Date.parse(input.closest(".day-slider").dataset.first + "T00:00:00Z");
    return new Date(first + Number(input.value) * DAY).toISOString().slice(0, 10);
  }

  function show(input) {
    var day = dayOf(input);
    document.getElementById("day-shown").textContent = day;
    input.setAttribute("aria-valuetext", day);
  }

  document.addEventListener("focusin", function (event) {
    held = slider(event);
    if (held) show(held);
  });

  document.addEventListener("pointerdown", function (event) {
    if (!slider(event)) held = null;
  });

  /* Dash takes every input for a box of text and asks for its cursor, which a slider lacks; so it does not hear of it. */
  document.addEventListener("input", function (event) {
    if (!slider(event)) return;
    event.stopPropagation();
    show(event.target);
  }, true);

  document.addEventListener("change", function (event) {
    var input = slider(event);
    if (!input) return;
    event.stopPropagation();
    var box = input.closest(".day-slider").dataset.box;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(function () {
      window.dash_clientside.set_props(box, { value: dayOf(input) });
    }, REST);
  }, true);

  /* A page that is drawn anew has a new slider, which takes the focus from the one that was held. */
  new MutationObserver(function () {
    if (!held || held.isConnected) return;
    var drawn = document.getElementById(ID);
    if (drawn && document.activeElement === document.body) drawn.focus({ preventScroll: true });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
