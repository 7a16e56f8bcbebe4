/* What the buttons under a chart do, and how the scripts speak to the reader. */
(function () {
  "use strict";

  var bilateral = (window.bilateral = window.bilateral || {});

  document.addEventListener("click", function (event) {
    var button = event.target.closest ? event.target.closest("[data-action]") : null;
    if (!button) return;
    var figure = button.closest("[data-chart]");
    var action = button.dataset.action;
    if (action === "panel") toggle(figure.dataset.chart + ":" + button.dataset.panel);
    if (action === "png") download(figure, button);
    if (action === "export") bilateral.openExport(figure, button);
  });

  var opened = [];

  /* The panel itself comes by its own callback; this remembers it for when the page is drawn anew. */
  function toggle(name) {
    opened = opened.indexOf(name) >= 0 ? opened.filter(function (n) { return n !== name; }) : opened.concat(name);
    window.dash_clientside.set_props("open-panels", { data: opened });
  }

  /* The usual picture at one click: a report page in light colours. */
  function download(figure, button) {
    var plot = figure.querySelector(".js-plotly-plot");
    if (!plot || button.disabled) return;
    button.disabled = true;
    var name = plot.layout.meta.file;
    bilateral.picture.draw(plot, {})
      .then(function (blob) { bilateral.save(blob, name + ".png"); })
      .catch(function (error) {
        console.error("The picture could not be made", error);
        bilateral.say("failed");
      })
      .then(function () { button.disabled = false; });
  }

  bilateral.save = function (blob, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
    // The browser reads the address when it begins to save, which is after this click has been handled.
    window.setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  };

  bilateral.messages = function () {
    return JSON.parse(document.documentElement.dataset.messages);
  };

  /* Says one of the known sentences in a corner; it stays until the next or for some seconds. */
  var leaving = null;

  bilateral.say = function (key, stays) {
    var place = document.getElementById("message");
    place.textContent = key ? bilateral.messages()[key] : "";
    place.hidden = !key;
    window.clearTimeout(leaving);
    if (key && !stays) leaving = window.setTimeout(function () { bilateral.say(""); }, 9000);
  };
})();
