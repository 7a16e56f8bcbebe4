/* Draws the chart of an embedded page, in the theme that was asked for or else in the reader's. */
(function () {
  "use strict";

  var plot = document.getElementById("plot");
  var source = document.getElementById("figure").textContent;
  var swap = JSON.parse(source).layout.meta.recolour.dark || {};
  var asked = document.documentElement.dataset.theme;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  // Charts are composed for the width of a phone; in a narrower frame they are drawn for it and shown smaller.
  var LEAST = 358;

  function fit(figure) {
    var room = plot.parentNode.clientWidth, scale = Math.min(1, room / LEAST);
    plot.style.width = scale < 1 ? LEAST + "px" : "";
    plot.style.transform = scale < 1 ? "scale(" + scale + ")" : "";
    plot.style.marginBottom = scale < 1 ? (scale - 1) * figure.layout.height + "px" : "";
  }

  function draw() {
    var text = source;
    // A light figure is sent; every colour of a chart is one of our tokens, so names can be swapped.
    if (asked ? asked === "dark" : dark.matches) {
      Object.keys(swap).forEach(function (colour) { text = text.split(colour).join(swap[colour]); });
    }
    var figure = JSON.parse(text);
    fit(figure);
    window.Plotly.react(plot, figure.data, figure.layout, figure.config);
  }

  draw();
  // A tap on a tile would else zoom into a chart that has no way back.
  if (plot.on) plot.on("plotly_treemapclick", function () { return false; });
  window.addEventListener("resize", function () { fit(JSON.parse(source)); });
  if (!asked) dark.addEventListener("change", draw);
})();
