/* The slider of days: shows the day while it is dragged and puts it into the box of the day when it is let go. */
(function () {
  "use strict";

  var DAY = 86400000;
  // An arrow key moves a day at a time; the page is drawn when the keys rest.
  var REST = 350;
  var waiting = null;

  function slider(event) {
    return event.target.id === "day-slider" ? event.target : null;
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
    if (slider(event)) show(event.target);
  });

  document.addEventListener("input", function (event) {
    if (slider(event)) show(event.target);
  });

  document.addEventListener("change", function (event) {
    var input = slider(event);
    if (!input) return;
    var box = input.closest(".day-slider").dataset.box;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(function () {
      window.dash_clientside.set_props(box, { value: dayOf(input) });
    }, REST);
  });
})();
