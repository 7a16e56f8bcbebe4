/* Composes the picture of a chart for a shape of its own: a copy of the figure with its words inside. */
(function () {
  "use strict";

  window.bilateral = window.bilateral || {};

  // Each shape is laid out at its own size in points, and drawn at ``scale`` pixels a point. Widths change by ``step``,
  // so that both sides stay whole numbers.
  var SHAPES = {
    report: { width: 1200, height: 900, step: 1, scale: 2.5, edge: 48, title: 30, subtitle: 18, small: 15, zoom: 1.22, grows: true },
    slide: { width: 1280, height: 720, step: 16, scale: 1.5, edge: 48, title: 32, subtitle: 19, small: 14, zoom: 1.22 },
    square: { width: 864, height: 864, step: 1, scale: 2.5, edge: 36, title: 28, subtitle: 17, small: 13, zoom: 1.12 },
    story: { width: 540, height: 960, step: 9, scale: 2, edge: 28, title: 25, subtitle: 15, small: 11.5, zoom: 1 },
  };
  var LINE = 1.3;
  // The plot keeps at least this share of the height; notes give way to it, the source never.
  var LEAST = 0.36;
  // Notes are set smaller before they are left out.
  var SMALLER = [1, 0.85, 0.72, 0.62];
  // A chart higher than this has rows that need their height; a lower one fits itself to the shape.
  var FLAT = 520;
  // The smallest type of a chart in points, and the fewest pixels it may have where the shape's short side has 1,080.
  var TYPE = 11, LEGIBLE = 7;
  // Narrowest column of a chart that stands in several.
  var NARROW = 360;

  /* Gives the figure to draw: data, layout, width, height and scale. The chart on the screen is not touched. */
  function compose(plot, options) {
    var meta = plot.layout.meta;
    var swap = meta.recolour[options.colours === "dark" ? "dark" : "light"];
    var figure = JSON.parse(recoloured(JSON.stringify({ data: plain(plot.data), layout: plain(plot.layout) }), swap));
    var layout = figure.layout;
    if (options.events === "without") dropEvents(layout);
    var own = layout.margin;
    var page = fitted(SHAPES[options.shape], plot, figure, options, swap), shape = page.shape;
    if (page.columns) window.bilateral.columns.set(figure, page.columns);
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
    enlarge(figure, shape.zoom);
    apart(layout, layout.height - layout.margin.t - layout.margin.b);
    page.write(layout);
    return { data: figure.data, layout: layout, width: layout.width, height: layout.height, scale: shape.scale };
  }

  /* The shape with room for the chart. It is laid out larger, and drawn at fewer pixels a point, until the rows of a
     tall chart have their own height, in columns if that helps, and all marks have their words. */
  function fitted(base, plot, figure, options, swap) {
    var tall = (plot._fullLayout && plot._fullLayout.height) || plot.clientHeight;
    var rows = tall > FLAT, most = ((TYPE * 1080) / Math.min(base.width, base.height) / LEGIBLE) * (rows ? 1 : 0.6);
    var ways = waysToStand(figure, tall, rows && !base.grows);
    for (var ratio = 1 / base.zoom; ; ratio *= 1.03) {
      var shape = laid(base, Math.max(1, ratio), Math.min(base.zoom, Math.max(1, 1 / ratio)), rows ? tall : 0);
      var page = options.words === "plain" ? bare(shape) : worded(shape, plot.layout.meta, figure.layout, options, swap);
      var room = page.height - page.head - page.foot;
      var fits = ways.filter(function (way) {
        return way.tall * shape.zoom <= room && (!way.columns || shape.width / (way.columns.cuts.length - 1) > NARROW * shape.zoom);
      });
      if (base.grows || (rows ? fits.length : page.whole) || ratio * 1.03 > most) {
        return Object.assign(page, { shape: shape, columns: fits.length ? fits[0].columns : null });
      }
    }
  }

  /* How a chart can stand, and how high it then is: as on the screen, or in two or three columns. */
  function waysToStand(figure, tall, rows) {
    var margin = figure.layout.margin, ways = [{ tall: rows ? tall : 0, columns: null }];
    if (rows) [2, 3].forEach(function (count) {
      var columns = window.bilateral.columns.divided(figure, count);
      if (columns) ways.push({ tall: columns.height + margin.t + margin.b, columns: columns });
    });
    return ways;
  }

  function laid(base, factor, zoom, tall) {
    var width = base.step * Math.round((base.width * factor) / base.step), larger = Math.sqrt(factor);
    return {
      width: width, height: (width * base.height) / base.width, grows: base.grows, zoom: zoom, tall: tall,
      // The browser cuts a picture to whole pixels; a hair more keeps 1,919.9999 from becoming 1,919.
      scale: ((base.width * base.scale) / width) * (1 + 1e-9),
      edge: base.edge * larger, title: base.title * larger, subtitle: base.subtitle * larger, small: base.small * larger,
    };
  }

  /* Room for the chart alone. */
  function bare(shape) {
    var height = shape.grows ? Math.max(shape.height, shape.tall * shape.zoom + shape.edge * 2) : shape.height;
    return { head: shape.edge, foot: shape.edge, height: height, whole: true, write: function () {} };
  }

  /* Room for title and subtitle above, notes, source, address and date below, and how they are written. */
  function worded(shape, meta, layout, options, swap) {
    var font = layout.font.family, own = layout.margin;
    var room = shape.width - 2 * shape.edge;
    var ink = layout.font.color, muted = recoloured(meta.muted, swap);
    var title = balanced(meta.title, shape.title, font, room, true);
    var subtitle = balanced(meta.subtitle, shape.subtitle, font, room);
    var source = lines([meta.passport, meta.source], shape.small, font, room);
    var address = wrapped(stamp(meta), shape.small, font, room);
    var head = shape.edge + (title.length * shape.title + subtitle.length * shape.subtitle) * LINE + 20;
    var around = (own.t + own.b) * shape.zoom;
    var notes = fitting(meta, options, shape, font, room, head + footOf(shape, 0, source, address) + around);
    var foot = footOf(shape, heightOf(notes), source, address);
    var inner = shape.height - head - foot;
    // A report grows with what it has to say, and a tall chart keeps its own height.
    if (shape.grows) inner = Math.max(inner, around + ((head + foot + around) * LEAST) / (1 - LEAST), shape.tall * shape.zoom);
    return {
      head: head, foot: foot, whole: notes.whole,
      height: shape.grows ? Math.ceil(head + inner + foot) : shape.height,
      write: function (drawn) {
        var annotations = drawn.annotations || (drawn.annotations = []);
        var y = shape.edge * 0.8;
        y = write(annotations, title, y, shape.title, ink, drawn, shape, true) + 6;
        write(annotations, subtitle, y, shape.subtitle, muted, drawn, shape);
        y = drawn.height - foot + 16;
        y = write(annotations, notes.said, y, notes.size, ink, drawn, shape) + 6;
        rule(drawn, y, shape);
        y = write(annotations, source, y + 6, shape.small, muted, drawn, shape) + 4;
        write(annotations, address, y, shape.small, muted, drawn, shape);
      },
    };
  }

  function heightOf(notes) {
    return notes.said.length * notes.size * LINE;
  }

  function footOf(shape, below, source, address) {
    return 16 + below + 12 + source.length * shape.small * LINE + 4 + address.length * shape.small * LINE + shape.edge * 0.7;
  }

  /* The notes that leave the plot its share: they are set smaller first, then breaks give way, then remarks; the words
     of the marks stay while these are drawn, and are cut short where even they are too many. */
  function fitting(meta, options, shape, font, room, taken) {
    var marks = options.events === "without" ? [] : meta.marks;
    var most = shape.height * (1 - LEAST) - taken;
    var sets = [marks.concat(meta.remarks, meta.breaks), marks.concat(meta.remarks), marks, [marks.join(" ")]], notes;
    var fits = (shape.grows ? sets.slice(0, 1) : sets).some(function (kept) {
      return (shape.grows ? SMALLER.slice(0, 3) : SMALLER).some(function (part) {
        notes = { said: lines(kept, shape.small * part, font, room), size: shape.small * part };
        return heightOf(notes) <= most;
      });
    });
    // A report says everything, at its usual size, on as much paper as that takes.
    if (shape.grows && !fits) notes = { said: lines(sets[0], shape.small, font, room), size: shape.small };
    if (shape.grows) return Object.assign(notes, { whole: true });
    var kept = Math.max(0, Math.floor(most / (notes.size * LINE)));
    notes.whole = notes.said.length <= kept;
    if (notes.whole) return notes;
    notes.said = notes.said.slice(0, kept);
    if (kept) notes.said[kept - 1] = notes.said[kept - 1].replace(/[\s.,;:]*\S*$/, " …");
    return notes;
  }

  function dropEvents(layout) {
    layout.annotations = (layout.annotations || []).filter(function (a) { return a.name !== "event"; });
    layout.shapes = (layout.shapes || []).filter(function (s) { return s.name !== "event"; });
    // Marks stand above the plot; without them only the name of a small multiple may stand there.
    layout.margin.t = Math.min(layout.margin.t, 34);
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
      // An address can be longer than a line.
      while (canvas.measureText(line).width > room && line.length > 1) {
        var cut = line.length - 1;
        while (cut > 1 && canvas.measureText(line.slice(0, cut)).width > room) cut -= 1;
        made.push(line.slice(0, cut));
        line = line.slice(cut);
      }
    });
    return line ? made.concat(line) : made;
  }

  /* Lines of about the same length, so that none is left with a word of its own. */
  function balanced(text, size, font, room, bold) {
    var best = wrapped(text, size, font, room, bold);
    for (var width = room * 0.98; best.length > 1 && width > room / 2; width -= room * 0.02) {
      var tried = wrapped(text, size, font, width, bold);
      if (tried.length > best.length) break;
      best = tried;
    }
    return best;
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
