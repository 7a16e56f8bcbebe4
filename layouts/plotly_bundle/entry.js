// Our plotly.js: the core (which brings scatter) plus the traces the dashboard draws, and nothing else.
// plotly.js is by far the heaviest file of the page, so a trace belongs here only once a chart needs it.
const Plotly = require('plotly.js/lib/core');

// The one thing Dash's components take from the polyfill that we do not load (see layouts/document/scripts.py). It
// becomes a global as it runs, which is before they do.
require('regenerator-runtime/runtime');

Plotly.register([
  require('plotly.js/lib/bar'),
  require('plotly.js/lib/heatmap'),
  require('plotly.js/lib/treemap'),
]);

// plotly.js points at its makers' servers by default: a "share chart" button that posts the figure, a logo
// link, and a CDN for map outlines. Turned off here as well as in each graph's config, so that a figure
// drawn without a config cannot bring them back.
Plotly.setPlotConfig({
  showSendToCloud: false,
  displaylogo: false,
  plotlyServerURL: '',
  topojsonURL: '',
});

module.exports = Plotly;
