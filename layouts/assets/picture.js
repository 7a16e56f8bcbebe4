/* Composes the picture of a chart for a shape of its own: a copy of the figure with its words inside. */
(function () {
  "use strict";

  window.bilateral = window.bilateral || {};

  // Each shape is laid out at its own size in points, and drawn at ``scale`` pixels a point.
  var SHAPES = {
    report: { width: 1200, height: 900, scale: 2.5, edge: 48, title: 30, subtitle: 18, small: 15, zoom: 1.22, grows: true },
    slide: { width: 1280, height: 720, scale: 1.5, edge: 48, title: 32, subtitle: 19, small: 14, zoom: 1.22 },
    square: { width: 864, height: 864, scale: 2.5, edge: 36, title: 28, subtitle: 17, small: 13, zoom: 1.12 },
    story: { width: 540, height: 960, scale: 2, edge: 28, title: 25, subtitle: 15, small: 11.5, zoom: 1 },
  };
  var LINE = 1.3;
  // The plot keeps at least this share of a fixed shape; notes give way to it, the source never.
  var LEAST = 0.42;

  /* Gives the figure to draw: data, layout, width, height and scale. The chart on the screen is not touched. */
  function compose(plot, options) {
    var meta = plot.layout.meta;
    var shape = enlarged(SHAPES[options.shape], plot, options);
    var swap = meta.recolour[options.colours === "dark" ? "dark" : "light"];
    var figure = JSON.parse(recoloured(JSON.stringify({ data: plain(plot.data), layout: plain(plot.layout) }), swap));
    if (options.events === "without") dropEvents(figure.layout);
    var layout = figure.layout;
    var own = layout.margin;
    var page = options.words === "plain" ? bare(shape) : worded(shape, meta, layout, options, swap);
    layout.width = shape.width;
    layout.height = Math.round(page.height);
    layout.autosize = false;
    layout.paper_bgcolor = options.colours === "clear" ? "rgba(0,0,0,0)" : layout.hoverlabel.bgcolor;
    layout.font.size *= shape.zoom;
    layout.margin = {
      l: shape.edge + own.l * shape.zoom,
      r: shape.edge + own.r * shape.zoom,
      t: page.head + own.t * shape.zoom,
      b: page.foot + own.b * shape.zoom,
      pad: 0,
    };
    enlarge(layout, shape.zoom);
    page.write(layout);
    return { data: figure.data, layout: layout, width: layout.width, height: layout.height, scale: shape.scale };
  }

  /* A tall chart keeps its rows apart: a fixed shape is then laid out larger and drawn at fewer pixels a point. */
  function enlarged(shape, plot, options) {
    var tall = (plot._fullLayout && plot._fullLayout.height) || plot.clientHeight;
    var room = shape.height * (options.words === "plain" ? 0.9 : 0.55);
    var factor = shape.grows ? 1 : Math.max(1, Math.min(2.2, (tall * shape.zoom) / room));
    if (factor === 1) return Object.assign({ tall: tall }, shape);
    return Object.assign({}, shape, {
      tall: tall, width: shape.width * factor, height: shape.height * factor, scale: shape.scale / factor,
      title: shape.title * Math.sqrt(factor), subtitle: shape.subtitle * Math.sqrt(factor), small: shape.small * Math.sqrt(factor),
    });
  }

  /* Room for the chart alone. */
  function bare(shape) {
    var height = shape.grows ? Math.max(shape.height, shape.tall * shape.zoom + shape.edge * 2) : shape.height;
    return { head: shape.edge, foot: shape.edge, height: height, write: function () {} };
  }

  /* Room for title and subtitle above, notes, source, address and date below, and how they are written. */
  function worded(shape, meta, layout, options, swap) {
    var font = layout.font.family;
    var room = shape.width - 2 * shape.edge;
    var ink = layout.font.color, muted = recoloured(meta.muted, swap);
    var title = wrapped(meta.title, shape.title, font, room, true);
    var subtitle = wrapped(meta.subtitle, shape.subtitle, font, room);
    var source = lines([meta.passport, meta.source], shape.small, font, room);
    var address = wrapped(stamp(meta), shape.small, font, room);
    var head = shape.edge + (title.length * shape.title + subtitle.length * shape.subtitle) * LINE + 20;
    var below = fitting(meta, options, shape, function (said) {
      return head + footOf(shape, said.length, source.length, address.length);
    }, font, room);
    var foot = footOf(shape, below.length, source.length, address.length);
    var inner = Math.max(shape.height - head - foot, shape.grows ? 420 : 0);
    // A tall chart keeps its own height and the picture grows with it; a flat one fills the page.
    if (shape.grows && shape.tall > 520) inner = Math.max(inner, shape.tall * shape.zoom);
    var height = head + inner + foot;
    return {
      head: head, foot: foot, height: height,
      write: function (drawn) {
        var annotations = drawn.annotations || (drawn.annotations = []);
        var y = shape.edge * 0.8;
        y = write(annotations, title, y, shape.title, ink, drawn, shape, true) + 6;
        write(annotations, subtitle, y, shape.subtitle, muted, drawn, shape);
        y = drawn.height - foot + 16;
        y = write(annotations, below, y, shape.small, ink, drawn, shape) + 6;
        rule(drawn, y, shape);
        y = write(annotations, source, y + 6, shape.small, muted, drawn, shape) + 4;
        write(annotations, address, y, shape.small, muted, drawn, shape);
      },
    };
  }

  function footOf(shape, below, source, address) {
    return 16 + below * shape.small * LINE + 12 + source * shape.small * LINE + 4 + address * shape.small * LINE + shape.edge * 0.7;
  }

  /* The notes that leave the plot its share: breaks give way first, then remarks; marks stay while they are drawn. */
  function fitting(meta, options, shape, taken, font, room) {
    var marks = options.events === "without" ? [] : meta.marks;
    var kept = [marks.concat(meta.remarks, meta.breaks), marks.concat(meta.remarks), marks];
    for (var place = 0; place < kept.length; place += 1) {
      var said = lines(kept[place], shape.small, font, room);
      if (shape.grows || shape.height - taken(said) >= shape.height * LEAST) return said;
    }
    return lines(marks.length ? [marks.join(" ")] : [], shape.small, font, room);
  }

  function dropEvents(layout) {
    layout.annotations = (layout.annotations || []).filter(function (a) { return a.name !== "event"; });
    layout.shapes = (layout.shapes || []).filter(function (s) { return s.name !== "event"; });
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
  function write(annotations, written, top, size, colour, layout, shape, bold) {
    written.forEach(function (text) {
      annotations.push({
        name: "words", xref: "paper", yref: "paper", x: 0, y: 1, xanchor: "left", yanchor: "top", align: "left", showarrow: false,
        xshift: shape.edge - layout.margin.l, yshift: layout.margin.t - top, text: bold ? "<b>" + escaped(text) + "</b>" : escaped(text),
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

  function rule(layout, top, shape) {
    layout.shapes = layout.shapes || [];
    var plotHeight = layout.height - layout.margin.t - layout.margin.b;
    var plotWidth = layout.width - layout.margin.l - layout.margin.r;
    var y = 1 - (top - layout.margin.t) / plotHeight;
    layout.shapes.push({
      type: "line", xref: "paper", yref: "paper", y0: y, y1: y,
      x0: (shape.edge - layout.margin.l) / plotWidth, x1: 1 + (layout.margin.r - shape.edge) / plotWidth,
      line: { width: 1, color: layout.hoverlabel.bordercolor },
    });
  }

  var canvas = null;

  function lines(texts, size, font, room) {
    return texts.reduce(function (said, text) { return said.concat(wrapped(text, size, font, room)); }, []);
  }

  function wrapped(text, size, font, room, bold) {
    canvas = canvas || document.createElement("canvas").getContext("2d");
    canvas.font = (bold ? "bold " : "") + size + "px " + font;
    var made = [], line = "";
    String(text).split(" ").forEach(function (word) {
      var longer = line ? line + " " + word : word;
      if (line && canvas.measureText(longer).width > room) {
        made.push(line);
        line = word;
      } else {
        line = longer;
      }
    });
    return line ? made.concat(line) : made;
  }

  function stamp(meta) {
    return meta.stamp
      .replace("{address}", window.location.origin + meta.address)
      .replace("{date}", new Date().toISOString().slice(0, 10));
  }

  /* Draws the picture. Gives a promise of a Blob; a PNG carries in its chunks what it shows and where it comes from. */
  function draw(plot, options) {
    var figure = compose(plot, options);
    var format = options.file === "svg" ? "svg" : "png";
    var config = { displaylogo: false, showSendToCloud: false };
    return window.Plotly.toImage({ data: figure.data, layout: figure.layout, config: config }, {
      format: format, width: figure.width, height: figure.height, scale: format === "svg" ? 1 : options.scale || figure.scale,
    }).then(blobOf).then(function (blob) {
      if (format === "svg" || options.scale) return blob;
      return window.bilateral.png.remember(blob, plot.layout.meta);
    });
  }

  /* The policy of the page lets nothing be fetched but from its own host, data addresses among it. */
  function blobOf(address) {
    var comma = address.indexOf(",");
    var head = address.slice(5, comma), body = address.slice(comma + 1);
    if (!/;base64$/.test(head)) return new Blob([decodeURIComponent(body)], { type: head.split(";")[0] });
    var raw = window.atob(body), bytes = new Uint8Array(raw.length);
    for (var place = 0; place < raw.length; place += 1) bytes[place] = raw.charCodeAt(place);
    return new Blob([bytes], { type: head.split(";")[0] });
  }

  window.bilateral.picture = { draw: draw, compose: compose, shapes: SHAPES };
})();
