/* Sets the rows of a very tall chart in columns beside each other, as a newspaper does, so that a picture of fixed shape
   need not make them too small to read. */
(function () {
  "use strict";

  window.bilateral = window.bilateral || {};

  // Between two columns, as a share of the width of the plot.
  var BETWEEN = 0.03;

  /* Gives the columns of a figure, or null where it cannot be divided. Only a chart whose single vertical axis counts
     pixels from nought has rows that can be told apart: each stands on a rule across the plot. */
  function divided(figure, count) {
    var layout = figure.layout, margin = layout.margin;
    var axes = Object.keys(layout).filter(function (key) { return /^[xy]axis/.test(key); });
    var range = layout.yaxis && layout.yaxis.range;
    var pixels = layout.height - margin.t - margin.b;
    if (axes.length !== 2 || !range || range[0] !== 0 || Math.abs(range[1] - pixels) > 2) return null;
    var cuts = [range[1]], rules = rulesOf(layout);
    for (var place = 1; place < count; place += 1) {
      var wanted = range[1] * (1 - place / count);
      var cut = rules.filter(function (y) { return y < cuts[place - 1]; }).sort(function (one, other) {
        return Math.abs(one - wanted) - Math.abs(other - wanted);
      })[0];
      if (!cut) return null;
      cuts.push(cut);
    }
    cuts.push(0);
    var heights = cuts.slice(1).map(function (bottom, place) { return cuts[place] - bottom; });
    return { cuts: cuts, height: Math.max.apply(null, heights) };
  }

  /* Where a row ends; a heading, on a stronger rule, stays with the row below it. */
  function rulesOf(layout) {
    return (layout.shapes || []).filter(function (s) {
      return s.xref === "paper" && s.y0 === s.y1 && s.y0 > 0 && s.line.width <= 1;
    }).map(function (s) { return s.y0; });
  }

  /* Moves each part of the figure into its column. */
  function set(figure, columns) {
    var layout = figure.layout, old = { data: figure.data, shapes: layout.shapes, annotations: layout.annotations };
    var count = columns.cuts.length - 1, wide = (1 - BETWEEN * (count - 1)) / count;
    var xaxis = layout.xaxis, yaxis = layout.yaxis;
    figure.data = [];
    layout.shapes = [];
    layout.annotations = [];
    for (var place = 0; place < count; place += 1) {
      var top = columns.cuts[place], bottom = columns.cuts[place + 1], name = place ? String(place + 1) : "";
      var left = place * (wide + BETWEEN);
      layout["xaxis" + name] = Object.assign(copy(xaxis), { domain: [left, left + wide], anchor: "y" + name });
      layout["yaxis" + name] = Object.assign(copy(yaxis), { range: [top - columns.height, top], anchor: "x" + name });
      figure.data = figure.data.concat(traces(old.data, top, bottom, name));
      layout.shapes = layout.shapes.concat(shapes(old.shapes || [], top, bottom, name));
      layout.annotations = layout.annotations.concat(annotations(old.annotations || [], top, bottom, name));
    }
  }

  function copy(value) { return JSON.parse(JSON.stringify(value)); }

  function traces(all, top, bottom, name) {
    return all.filter(function (trace) {
      return Math.min.apply(null, trace.y) >= bottom && Math.max.apply(null, trace.y) <= top;
    }).map(function (trace) { return Object.assign({}, trace, { xaxis: "x" + name, yaxis: "y" + name }); });
  }

  /* What runs through all rows, as the chosen day does, is cut to the column. */
  function shapes(all, top, bottom, name) {
    return all.filter(function (s) {
      var low = Math.min(s.y0, s.y1), high = Math.max(s.y0, s.y1);
      return low === high ? low >= bottom && low < top : low < top && high > bottom;
    }).map(function (s) {
      var ends = { y0: Math.max(Math.min(s.y0, top), bottom), y1: Math.max(Math.min(s.y1, top), bottom), yref: "y" + name };
      return Object.assign({}, s, ends, { xref: across(s.xref, name) });
    });
  }

  function annotations(all, top, bottom, name) {
    return all.filter(function (a) { return a.y > bottom && a.y <= top; }).map(function (a) {
      return Object.assign({}, a, { xref: across(a.xref, name), yref: "y" + name });
    });
  }

  function across(xref, name) {
    return xref === "paper" ? "x" + name + " domain" : "x" + name;
  }

  window.bilateral.columns = { divided: divided, set: set };
})();
