/* The copy of a chart's figure that a picture is made of: its colours, its size, and what moves with its size. */
(function () {
  "use strict";

  window.bilateral = window.bilateral || {};

  // Plotly sets the lines of a label so far apart, in heights of its letters.
  var LINE = 1.3;

  /* Gives a copy in other colours, which may be changed: data and layout. The chart on the screen stays as it is. */
  function copied(plot, swap) {
    return JSON.parse(recoloured(JSON.stringify({ data: plain(plot.data), layout: plain(plot.layout) }), swap));
  }

  /* Plotly keeps numbers as typed arrays, which JSON would turn into objects. */
  function plain(value) {
    if (ArrayBuffer.isView(value)) return Array.prototype.slice.call(value);
    if (Array.isArray(value)) return value.map(plain);
    if (value && typeof value === "object" && !(value instanceof Date)) {
      var copy = {};
      Object.keys(value).forEach(function (key) {
        if (key[0] !== "_" && key !== "bdata") copy[key] = plain(value[key]);
      });
      return copy;
    }
    return value;
  }

  /* Every colour of a chart is one of our tokens, so names can be swapped; all at once, for one set may hold the other's. */
  function recoloured(text, swap) {
    var colours = Object.keys(swap || {});
    if (!colours.length) return text;
    return text.replace(new RegExp(colours.join("|"), "g"), function (colour) { return swap[colour]; });
  }

  function dropEvents(layout) {
    layout.annotations = (layout.annotations || []).filter(function (a) { return a.name !== "event"; });
    layout.shapes = (layout.shapes || []).filter(function (s) { return s.name !== "event"; });
    // Marks stand above the plot; without them only the name of a small multiple may stand there.
    layout.margin.t = Math.min(layout.margin.t, 34);
  }

  function enlarge(figure, zoom) {
    var layout = figure.layout;
    figure.data.forEach(function (trace) {
      if (trace.textfont && trace.textfont.size > 0) trace.textfont.size *= zoom;
    });
    Object.keys(layout).forEach(function (key) {
      // Where an axis of fixed proportions came to stand on the screen; the picture finds its own place for it.
      if (/^[xy]axis/.test(key) && layout[key].constrain === "domain") delete layout[key].domain;
      if (/^[xy]axis/.test(key) && layout[key].tickfont) layout[key].tickfont.size *= zoom;
    });
    (layout.annotations || []).forEach(function (a) {
      if (a.font && a.font.size) a.font.size *= zoom;
      ["xshift", "yshift", "width", "height", "borderpad"].forEach(function (key) {
        if (a[key]) a[key] *= zoom;
      });
    });
    (layout.shapes || []).forEach(function (s) {
      if (s.line && s.line.width) s.line.width *= zoom;
      if (s.ysizemode === "pixel" && s.path) s.path = s.path.replace(/-?[0-9.]+/g, function (n) { return (n * zoom).toFixed(1); });
      else if (s.ysizemode === "pixel") s.y1 *= zoom;
    });
  }

  /* The names at the ends of lines were moved apart for the height on the screen; the picture has another. */
  function apart(layout, height) {
    var range = layout.yaxis && !layout.yaxis.domain && layout.yaxis.range;
    var ends = (layout.annotations || []).filter(function (a) {
      return a.xanchor === "left" && a.yanchor === "middle" && (a.yref || "y") === "y" && typeof a.y === "number";
    });
    if (!range || ends.length < 2) return;
    var wanted = function (a) { return ((a.y - range[0]) / (range[1] - range[0])) * height; };
    var tall = function (a) { return a.text.split("<br>").length * a.font.size * LINE + 2; };
    ends.sort(function (one, other) { return wanted(one) - wanted(other); });
    var places = [];
    ends.forEach(function (a, n) {
      places.push(n ? Math.max(wanted(a), places[n - 1] + (tall(a) + tall(ends[n - 1])) / 2) : wanted(a));
    });
    for (var n = ends.length - 1; n >= 0; n -= 1) {
      var ceiling = n === ends.length - 1 ? height : places[n + 1] - (tall(ends[n]) + tall(ends[n + 1])) / 2;
      places[n] = Math.min(places[n], ceiling);
      ends[n].yshift = places[n] - wanted(ends[n]);
    }
  }

  window.bilateral.pictureFigure = {
    copied: copied, recoloured: recoloured, dropEvents: dropEvents, enlarge: enlarge, apart: apart,
  };
})();
