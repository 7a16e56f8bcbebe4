/* Paper: the button that opens the print dialog, and charts drawn for the width between the margins, in light colours. */
(function () {
  "use strict";

  // A4 between its margins in print.css, in pixels; Letter is a little wider.
  var WIDTH = 672;
  var changed = [];

  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("[data-print]")) window.print();
  });

  window.addEventListener("beforeprint", function () {
    if (changed.length) return;
    document.querySelectorAll(".js-plotly-plot").forEach(function (plot) {
      if (!plot.layout || !plot.clientWidth) return;
      var before = { plot: plot, data: plot.data, layout: plot.layout };
      var swap = ((plot.layout.meta || {}).recolour || {}).light || {};
      changed.push(before);
      var layout = recoloured(plot.layout, swap);
      layout.width = WIDTH;
      layout.autosize = false;
      window.Plotly.react(plot, recoloured(plot.data, swap), layout);
    });
  });

  window.addEventListener("afterprint", function () {
    changed.forEach(function (before) {
      window.Plotly.react(before.plot, before.data, before.layout);
      window.Plotly.Plots.resize(before.plot);
    });
    changed = [];
  });

  /* A copy in which each colour of ours is swapped for its counterpart; numbers stay what they are. */
  function recoloured(value, swap) {
    if (typeof value === "string") {
      Object.keys(swap).forEach(function (colour) { value = value.split(colour).join(swap[colour]); });
      return value;
    }
    if (ArrayBuffer.isView(value)) return value;
    if (Array.isArray(value)) return value.map(function (each) { return recoloured(each, swap); });
    if (value && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
      var copy = {};
      Object.keys(value).forEach(function (key) { copy[key] = recoloured(value[key], swap); });
      return copy;
    }
    return value;
  }
})();
