/* What stands ready in the browser that Kaleido drives: it draws a chart as a page does, and hands its picture over.
   No page of ours loads this; layouts/export/pictures.py writes the document that does. */
(function () {
  "use strict";

  /* Kaleido calls this with what the server asked for. The answer has its form, the picture as text in base 64; it is
     empty where the shape cannot hold the chart. */
  function plotly(spec) {
    var asked = spec.data, plot = document.getElementById("plot");
    return window.Plotly.newPlot(plot, asked.data, asked.layout, asked.config)
      .then(function () { return window.bilateral.picture.draw(plot, asked.picture); })
      .then(function (blob) { return blob ? window.bilateral.base64(blob) : ""; })
      .then(function (result) { return { code: 0, message: "", format: "png", result: result }; });
  }

  window.kaleido_scopes = { plotly: plotly };
})();
