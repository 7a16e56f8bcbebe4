/* Draws the chart of an embedded page, in the theme that was asked for or else in the reader's. */
(function () {
  "use strict";

  var plot = document.getElementById("plot");
  var source = document.getElementById("figure").textContent;
  var swap = JSON.parse(source).layout.meta.recolour.dark || {};
  var asked = document.documentElement.dataset.theme;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  function draw() {
    var text = source;
    // A light figure is sent; every colour of a chart is one of our tokens, so names can be swapped.
    if (asked ? asked === "dark" : dark.matches) {
      Object.keys(swap).forEach(function (colour) { text = text.split(colour).join(swap[colour]); });
    }
    var figure = JSON.parse(text);
    window.Plotly.react(plot, figure.data, figure.layout, figure.config);
  }

  draw();
  // A tap on a tile would else zoom into a chart that has no way back.
  if (plot.on) plot.on("plotly_treemapclick", function () { return false; });
  if (!asked) dark.addEventListener("change", draw);
})();
