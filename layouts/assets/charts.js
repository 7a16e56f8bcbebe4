/* What the buttons under a chart do: open its table, and compose its picture anew for a size of its own. */
(function () {
  "use strict";

  // Report format: 3000 x 2000 pixels once scaled.
  var WIDTH = 1200, HEIGHT = 800, SCALE = 2.5, EDGE = 48;
  // A plot is never squeezed flatter than this by the words around it.
  var LEAST = 380;
  var TITLE = 30, SUBTITLE = 18, SMALL = 15, LINE = 1.3;

  document.addEventListener("click", function (event) {
    var button = event.target.closest ? event.target.closest("[data-action]") : null;
    if (!button) return;
    var figure = button.closest("[data-chart]");
    if (button.dataset.action === "data") toggle(figure.dataset.chart);
    if (button.dataset.action === "origin") toggle(figure.dataset.chart + ":origin");
    if (button.dataset.action === "png") downloadPicture(figure, button);
  });

  var opened = [];

  function toggle(name) {
    opened = opened.indexOf(name) >= 0 ? opened.filter(function (n) { return n !== name; }) : opened.concat(name);
    window.dash_clientside.set_props("open-tables", { data: opened });
  }

  function downloadPicture(figure, button) {
    var plot = figure.querySelector(".js-plotly-plot");
    if (!plot || button.disabled) return;
    button.disabled = true;
    var name = plot.layout.meta.file;
    compose(plot)
      .then(function (picture) { return window.Plotly.toImage(picture, { format: "png", width: WIDTH, height: picture.layout.height, scale: SCALE }); })
      .then(function (address) { save(address, name); })
      .catch(function (error) { console.error("The picture could not be made", error); })
      .then(function () { button.disabled = false; });
  }

  function save(address, name) {
    var link = document.createElement("a");
    link.href = address;
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
  }

  /* A copy of the figure with its words inside: title and subtitle above, notes, source, address and date below.
     The chart on the screen is not touched. */
  function compose(plot) {
    var meta = plot.layout.meta;
    var figure = JSON.parse(recoloured(JSON.stringify({ data: plain(plot.data), layout: plain(plot.layout) }), meta.recolour));
    var layout = figure.layout;
    var font = layout.font.family;
    var room = WIDTH - 2 * EDGE;
    var ink = layout.font.color, muted = recoloured(meta.muted, meta.recolour);

    var title = wrapped(meta.title, TITLE, font, room, true);
    var subtitle = wrapped(meta.subtitle, SUBTITLE, font, room);
    var below = [];
    meta.notes.forEach(function (note) { below = below.concat(wrapped(note, SMALL, font, room)); });
    var source = wrapped(meta.passport, SMALL, font, room).concat(wrapped(meta.source, SMALL, font, room));
    var address = wrapped(stamp(meta), SMALL, font, room);

    var head = EDGE + title.length * TITLE * LINE + 6 + subtitle.length * SUBTITLE * LINE + 14;
    var foot = 16 + below.length * SMALL * LINE + 12 + source.length * SMALL * LINE + 4 + address.length * SMALL * LINE + EDGE * 0.7;
    var onScreen = (plot._fullLayout && plot._fullLayout.height) || plot.clientHeight;
    var own = layout.margin, zoom = 1.22;
    // A tall chart keeps its own height and the picture grows with it; a flat one fills the page.
    var inner = Math.max(HEIGHT - head - foot, LEAST, onScreen > 520 ? (onScreen - own.t - own.b) * zoom : 0);
    layout.width = WIDTH;
    layout.height = Math.round(head + inner + foot);
    layout.autosize = false;
    layout.paper_bgcolor = layout.hoverlabel.bgcolor;
    layout.font.size *= zoom;
    layout.margin = { l: EDGE + own.l * zoom, r: EDGE + own.r * zoom, t: head + own.t * zoom, b: foot + own.b * zoom, pad: 0 };
    enlarge(layout, zoom);

    var annotations = layout.annotations || (layout.annotations = []);
    var plotHeight = layout.height - layout.margin.t - layout.margin.b;
    var y = EDGE * 0.8;
    y = write(annotations, title, y, TITLE, ink, layout, true) + 6;
    write(annotations, subtitle, y, SUBTITLE, muted, layout);
    y = layout.height - foot + 16;
    y = write(annotations, below, y, SMALL, ink, layout) + 6;
    rule(layout, y, plotHeight);
    y = write(annotations, source, y + 6, SMALL, muted, layout) + 4;
    write(annotations, address, y, SMALL, muted, layout);
    return Promise.resolve({ data: figure.data, layout: layout, config: { displaylogo: false, showSendToCloud: false } });
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

  /* Pictures are light unless asked otherwise; every colour of a chart is one of our tokens, so names can be swapped. */
  function recoloured(text, swap) {
    Object.keys(swap || {}).forEach(function (colour) {
      text = text.split(colour).join(swap[colour]);
    });
    return text;
  }

  function enlarge(layout, zoom) {
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

  /* Writes lines at a height counted from the top of the picture; returns the height below them. */
  function write(annotations, lines, top, size, colour, layout, bold) {
    lines.forEach(function (text) {
      annotations.push({
        name: "words", xref: "paper", yref: "paper", x: 0, y: 1, xanchor: "left", yanchor: "top", align: "left", showarrow: false,
        xshift: EDGE - layout.margin.l, yshift: layout.margin.t - top, text: bold ? "<b>" + escaped(text) + "</b>" : escaped(text),
        font: { size: size, color: colour, family: layout.font.family },
      });
      top += size * LINE;
    });
    return top;
  }

  function escaped(text) {
    // Plotly would take what stands between two dollar signs for a formula.
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/\$/g, "&#36;");
  }

  function rule(layout, top, plotHeight) {
    layout.shapes = layout.shapes || [];
    var y = 1 - (top - layout.margin.t) / plotHeight;
    var plotWidth = WIDTH - layout.margin.l - layout.margin.r;
    var left = (EDGE - layout.margin.l) / plotWidth;
    var right = 1 + (layout.margin.r - EDGE) / plotWidth;
    layout.shapes.push({
      type: "line", xref: "paper", yref: "paper", x0: left, x1: right, y0: y, y1: y,
      line: { width: 1, color: layout.hoverlabel.bordercolor },
    });
  }

  var canvas = null;

  function wrapped(text, size, font, room, bold) {
    canvas = canvas || document.createElement("canvas").getContext("2d");
    canvas.font = (bold ? "bold " : "") + size + "px " + font;
    var lines = [], line = "";
    String(text).split(" ").forEach(function (word) {
      var longer = line ? line + " " + word : word;
      if (line && canvas.measureText(longer).width > room) {
        lines.push(line);
        line = word;
      } else {
        line = longer;
      }
    });
    return line ? lines.concat(line) : lines;
  }

  function stamp(meta) {
    return meta.stamp
      .replace("{address}", window.location.origin + meta.address)
      .replace("{date}", new Date().toISOString().slice(0, 10));
  }
})();
