/* The words of a picture: title and subtitle above the chart; notes, source, address and date below it. */
(function () {
  "use strict";

  window.bilateral = window.bilateral || {};

  /* The day as the reader's calendar has it; the world's day ends in the afternoon of the Pacific coast. */
  window.bilateral.localDay = function () {
    var now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(function (part) {
      return String(part).padStart(2, "0");
    }).join("-");
  };

  // From a line to the next, in heights of its letters.
  var LINE = 1.3;
  // The plot keeps at least this share of the height; notes give way to it, the source never.
  var LEAST = 0.36;
  // Notes are set smaller before they are left out.
  var SMALLER = [1, 0.85, 0.72, 0.62];

  /* Room for the chart alone. */
  function bare(shape) {
    var height = shape.grows ? Math.max(shape.height, shape.tall * shape.zoom + shape.edge * 2) : shape.height;
    return { head: shape.edge, foot: shape.edge, height: height, whole: true, write: function () {} };
  }

  /* Room for title and subtitle above, notes, source, address and date below, and how they are written. */
  function worded(shape, meta, layout, options, swap) {
    var font = layout.font.family, own = layout.margin;
    var room = shape.width - 2 * shape.edge;
    var ink = layout.font.color, muted = window.bilateral.pictureFigure.recoloured(meta.muted, swap);
    var title = balanced(meta.title, shape.title, font, room, true);
    var subtitle = balanced(meta.subtitle, shape.subtitle, font, room);
    var source = lines(shape.brief ? [meta.source] : [meta.metadata, meta.source], shape.small, font, room);
    var address = shape.brief ? [] : wrapped(stamp(meta, options), shape.small, font, room);
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
    if (shape.brief) return { said: [], size: shape.small, whole: true };
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

  /* Where the picture comes from and when it was made: here and now, unless the options say otherwise. */
  function stamp(meta, options) {
    var origin = options.origin === undefined ? window.location.origin : options.origin;
    return meta.stamp
      .replace("{address}", origin + meta.address)
      .replace("{date}", options.date || window.bilateral.localDay());
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

  window.bilateral.pictureWords = { worded: worded, bare: bare };
})();
