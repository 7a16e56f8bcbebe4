/* Composes and draws the picture of a chart: a copy of the figure, laid out for a shape of its own, with its words inside.
   The reader's browser runs this, and so does the one in which the server draws. */
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
    // Of a shared link, often seen no wider than a phone: it says title and source alone, and takes no chart of many rows.
    // Labels within a chart have little room to give, so it ``keeps`` most of the height it has on the screen.
    card: { width: 960, height: 504, step: 40, scale: 1.25, edge: 30, title: 27, subtitle: 17, small: 14, zoom: 1.06, brief: true, keeps: 0.9 },
  };
  // A chart higher than this has rows that need their height; a lower one fits itself to the shape.
  var FLAT = 520;
  // The smallest type of a chart in points, and the fewest pixels it may have where the shape's short side has 1,080.
  var TYPE = 11, LEGIBLE = 7;
  // Narrowest column of a chart that stands in several.
  var NARROW = 360;

  /* Gives the figure to draw: data, layout, width, height and scale; null where the shape cannot hold the chart. What is
     left out of the options is as usual: shape, file, words, colours, events; origin and date, which stand below it.
     The chart on the screen is not touched. */
  function compose(plot, options) {
    var part = window.bilateral.pictureFigure, base = SHAPES[options.shape || "report"];
    if (base.brief && heightOf(plot) > FLAT) return null;
    var swap = plot.layout.meta.recolour[options.colours === "dark" ? "dark" : "light"];
    var figure = part.copied(plot, swap), layout = figure.layout;
    // Where the words of the marks have no room, their numbers would say nothing.
    if (options.events === "without" || base.brief) part.dropEvents(layout);
    var own = layout.margin;
    var page = fitted(base, plot, figure, options, swap), shape = page.shape;
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
    part.enlarge(figure, shape.zoom);
    part.apart(layout, layout.height - layout.margin.t - layout.margin.b);
    page.write(layout);
    return { data: figure.data, layout: layout, width: layout.width, height: layout.height, scale: shape.scale };
  }

  function heightOf(plot) {
    return (plot._fullLayout && plot._fullLayout.height) || plot.clientHeight;
  }

  /* The shape with room for the chart. It is laid out larger, and drawn at fewer pixels a point, until the rows of a
     tall chart have their own height, in columns if that helps, and all marks have their words. */
  function fitted(base, plot, figure, options, swap) {
    var words = window.bilateral.pictureWords;
    var tall = heightOf(plot), rows = tall > FLAT;
    var most = ((TYPE * 1080) / Math.min(base.width, base.height) / LEGIBLE) * (rows ? 1 : 0.6);
    var ways = waysToStand(figure, tall, rows && !base.grows);
    for (var ratio = 1 / base.zoom; ; ratio *= 1.03) {
      var shape = laid(base, Math.max(1, ratio), Math.min(base.zoom, Math.max(1, 1 / ratio)), rows ? tall : 0);
      var page = options.words === "plain" ? words.bare(shape) : words.worded(shape, plot.layout.meta, figure.layout, options, swap);
      var room = page.height - page.head - page.foot;
      var fits = ways.filter(function (way) {
        return way.tall * shape.zoom <= room && (!way.columns || shape.width / (way.columns.cuts.length - 1) > NARROW * shape.zoom);
      });
      var enough = rows ? fits.length : page.whole && room >= tall * shape.zoom * (base.keeps || 0);
      if (base.grows || enough || ratio * 1.03 > most) {
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
      width: width, height: (width * base.height) / base.width, grows: base.grows, brief: base.brief, zoom: zoom, tall: tall,
      // The browser cuts a picture to whole pixels; a hair more keeps 1,919.9999 from becoming 1,919.
      scale: ((base.width * base.scale) / width) * (1 + 1e-9),
      edge: base.edge * larger, title: base.title * larger, subtitle: base.subtitle * larger, small: base.small * larger,
    };
  }

  /* Draws the picture. Gives a promise of a Blob, or of null where the shape cannot hold the chart; a PNG carries in its
     chunks what it shows and where it comes from. */
  function draw(plot, options) {
    var type = window.bilateral.pictureFont;
    return type.ready().then(function (face) {
      var figure = compose(plot, options);
      if (!figure) return null;
      return drawing(figure).then(function (bare) {
        var svg = type.within(bare, face);
        if (options.file === "svg") return new Blob([svg], { type: "image/svg+xml" });
        return type.painted(svg, figure.width, figure.height, options.scale || figure.scale).then(function (blob) {
          return options.scale ? blob : window.bilateral.png.remember(blob, plot.layout.meta, options.origin);
        });
      });
    });
  }

  /* Gives a promise of the figure as SVG. */
  function drawing(figure) {
    var config = { displaylogo: false, showSendToCloud: false };
    return window.Plotly.toImage({ data: figure.data, layout: figure.layout, config: config }, {
      format: "svg", width: figure.width, height: figure.height, scale: 1,
    }).then(function (address) { return decodeURIComponent(address.slice(address.indexOf(",") + 1)); });
  }

  window.bilateral.picture = { draw: draw, compose: compose, shapes: SHAPES };
})();
