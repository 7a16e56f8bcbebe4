/* Lets a reader follow what a chart shows: a point that carries the query of an address leads there. */
(function () {
  "use strict";

  // The charts come and go with the pages; each learns it when the pointer first reaches it.
  document.addEventListener("pointerover", function (event) {
    var plot = event.target.closest ? event.target.closest(".js-plotly-plot") : null;
    if (!plot || !plot.on || plot.followed) return;
    plot.followed = true;
    plot.on("plotly_click", follow);
    // A treemap would else zoom into the tile.
    plot.on("plotly_treemapclick", function (click) {
      follow(click);
      return false;
    });
    plot.on("plotly_hover", function (hover) { plot.classList.toggle("leads", Boolean(queryOf(hover))); });
    plot.on("plotly_unhover", function () { plot.classList.remove("leads"); });
  });

  function queryOf(happening) {
    var point = happening.points && happening.points[0];
    var query = point && point.customdata;
    return typeof query === "string" && query[0] === "?" ? query : "";
  }

  function follow(click) {
    var query = queryOf(click);
    if (query) window.dash_clientside.set_props("url", { search: query === "?" ? "" : query });
  }
})();
