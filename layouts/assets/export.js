/* The dialog that takes a chart away. Its words come with the page; here it is filled for a chart and acts. */
(function () {
  "use strict";

  var bilateral = (window.bilateral = window.bilateral || {});
  var USUAL = { shape: "report", file: "png", words: "all", colours: "light", events: "with", rows: "displayed" };

  var figure = null, plot = null, about = null, opener = null, drawing = 0;
  var chosen = Object.assign({}, USUAL);

  function dialog() { return document.getElementById("export"); }

  bilateral.openExport = function (chart, button) {
    figure = chart;
    plot = chart.querySelector(".js-plotly-plot");
    if (!plot) return;
    opener = button;
    about = null;
    // Choices of the last time stay, but for what this chart cannot show.
    if (!plot.layout.meta.marks.length) chosen.events = "with";
    dialog().querySelector(".choose-events").hidden = !plot.layout.meta.marks.length;
    dialog().querySelector("[data-export=share]").hidden = !window.navigator.share;
    press();
    dialog().querySelector(".export-name").textContent = plot.layout.meta.title;
    fill({ link: link() });
    dialog().showModal();
    preview();
    learn();
  };

  document.addEventListener("click", function (event) {
    var box = event.target.closest ? event.target.closest("#export") : null;
    if (!box) return;
    var choice = event.target.closest("[data-choose]"), action = event.target.closest("[data-export]");
    var copy = event.target.closest("[data-copy]");
    if (event.target === box) close();
    if (choice) choose(choice.dataset.choose, choice.dataset.value);
    if (action) act(action.dataset.export, action);
    if (copy) copyText(box.querySelector("[data-fill=" + copy.dataset.copy + "]").textContent);
  });

  /* "e" exports the chart that is on the screen, wherever the focus is but in a field. */
  document.addEventListener("keydown", function (event) {
    var typing = event.target.closest && event.target.closest("input, select, textarea, [role=listbox], [contenteditable]");
    if (event.key !== "e" || event.ctrlKey || event.metaKey || event.altKey || typing || dialog().open) return;
    var focused = event.target.closest && event.target.closest("[data-chart]");
    var chart = focused || onScreen();
    if (chart) bilateral.openExport(chart, chart.querySelector("[data-action=export]"));
  });

  function onScreen() {
    var middle = window.innerHeight / 2;
    return Array.prototype.slice.call(document.querySelectorAll("[data-chart]")).sort(function (one, other) {
      return distance(one) - distance(other);
    })[0];

    function distance(element) {
      var box = element.getBoundingClientRect();
      return box.top <= middle && box.bottom >= middle ? 0 : Math.min(Math.abs(box.top - middle), Math.abs(box.bottom - middle));
    }
  }

  function close() {
    dialog().close();
    if (opener && document.body.contains(opener)) opener.focus({ preventScroll: true });
  }

  function choose(name, value) {
    chosen[name] = value;
    press();
    if (name === "rows") files();
    else preview();
  }

  function press() {
    dialog().querySelectorAll("[data-choose]").forEach(function (button) {
      var on = chosen[button.dataset.choose] === button.dataset.value;
      button.setAttribute("aria-pressed", String(on));
      button.classList.toggle("chosen", on);
    });
  }

  /* The preview is the picture itself at fewer pixels, so what is seen is what is saved. */
  function preview() {
    // The page may draw the chart anew before the picture is there, and leave this plot without its layout.
    var number = (drawing += 1), summary = plot.layout.meta.summary;
    var made = bilateral.picture.compose(plot, chosen);
    var image = dialog().querySelector(".preview"), size = dialog().querySelector(".preview-size");
    var pixels = [made.width, made.height].map(function (length) {
      return Math.round(length * (chosen.file === "svg" ? 1 : made.scale));
    });
    size.textContent = pixels.join(" × ");
    dialog().querySelector(".preview-box").dataset.colours = chosen.colours;
    bilateral.picture.draw(plot, Object.assign({}, chosen, { file: "png", scale: Math.min(1, 900 / made.width) }))
      .then(function (blob) {
        if (number !== drawing) return;
        URL.revokeObjectURL(image.src);
        image.src = URL.createObjectURL(blob);
        image.alt = summary;
      })
      .catch(failed);
  }

  function failed(error) {
    console.error("The picture could not be made", error);
    bilateral.say("failed");
  }

  function fileName(suffix) {
    var said = [plot.layout.meta.file];
    ["shape", "words", "colours", "events"].forEach(function (name) {
      if (chosen[name] !== USUAL[name]) said.push(name === "events" ? "no-events" : chosen[name]);
    });
    return said.join("_") + "." + suffix;
  }

  function act(action, button) {
    if (action === "close") close();
    if (action === "picture") {
      bilateral.picture.draw(plot, chosen).then(function (blob) { bilateral.save(blob, fileName(chosen.file)); }).catch(failed);
    }
    if (action === "copy-picture") copyPicture();
    if (action === "share") shareView();
    if (action === "zip") zip(button);
  }

  /* The clipboard takes a promise, without which Safari forgets that a person asked. */
  function copyPicture() {
    if (!window.navigator.clipboard || !window.ClipboardItem) return bilateral.say("noClipboard");
    var picture = bilateral.picture.draw(plot, Object.assign({}, chosen, { file: "png" }));
    return window.navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]).then(
      function () { bilateral.say("copied"); },
      function () { bilateral.say("noClipboard"); }
    );
  }

  function copyText(text) {
    if (!window.navigator.clipboard) return bilateral.say("notCopied");
    return window.navigator.clipboard.writeText(text).then(
      function () { bilateral.say("copied"); },
      function () { bilateral.say("notCopied"); }
    );
  }

  /* The address of the view, which scrolls to the chart. */
  function link() {
    var meta = plot.layout.meta;
    return window.location.origin + meta.address + "#" + meta.chart;
  }

  function shareView() {
    var meta = plot.layout.meta;
    // A reader who closes the device's sheet has not asked for a message.
    window.navigator.share({ title: meta.title, url: link() }).catch(function () {});
  }

  /* What the server knows of the chart's data: how many rows, how to cite it, how programs ask for it. */
  function learn() {
    var asked = dataAddress("about");
    dialog().querySelector(".row-count").textContent = "";
    window.fetch(asked).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status);
      return answer.json();
    }).then(function (said) {
      if (asked !== dataAddress("about")) return;
      about = said;
      fill(said.texts);
      files();
    }).catch(function () { dialog().querySelector(".row-count").textContent = bilateral.messages().noData; });
  }

  function fill(texts) {
    Object.keys(texts).forEach(function (key) {
      var place = dialog().querySelector("[data-fill=" + key + "]");
      if (place) place.textContent = texts[key];
    });
  }

  function files() {
    var counted = about[chosen.rows], line = dialog().querySelector(".row-count");
    line.textContent = line.dataset.words.replace("{rows}", counted.rows).replace("{columns}", counted.columns);
    dialog().querySelectorAll("[data-file]").forEach(function (link) {
      link.href = dataAddress(link.dataset.file, link.dataset.bom);
    });
  }

  function dataAddress(suffix, bom) {
    var parts = plot.layout.meta.address.split("?");
    var page = parts[0] === "/" ? "overview" : parts[0].slice(1);
    var query = (parts[1] ? parts[1] + "&" : "") + "rows=" + chosen.rows + "&day=" + bilateral.localDay() + (bom ? "&bom=1" : "");
    return "/download/" + page + "/" + figure.dataset.chart + "." + suffix + "?" + query;
  }

  /* The server packs the data and the words; the picture is made here, where the reader sees it. */
  function zip(button) {
    button.disabled = true;
    bilateral.picture.draw(plot, Object.assign({}, chosen, { file: "png" }))
      .then(function (blob) {
        return window.fetch(dataAddress("zip"), { method: "POST", body: blob, headers: { "Content-Type": "image/png" } });
      })
      .then(function (answer) {
        if (!answer.ok) throw new Error(answer.status);
        return answer.blob();
      })
      .then(function (blob) { bilateral.save(blob, plot.layout.meta.file + ".zip"); })
      .catch(failed)
      .then(function () { button.disabled = false; });
  }
})();
