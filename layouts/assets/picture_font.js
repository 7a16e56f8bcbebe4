/* The type of a picture: it must be there before words are measured, and travel inside the file. */
(function () {
  "use strict";

  window.bilateral = window.bilateral || {};

  // The family and a weight of each kind that pictures are written in.
  var FAMILY = "Bilateral", USED = ["400 16px ", "700 16px "];
  var SVG = /^<svg[^>]*>/;

  var inlined = null;

  /* Gives a promise of the rule that brings the type with it, once the document has it; empty where it cannot be had,
     and then the picture is set in a type of the system. */
  function ready() {
    var failed = function () { inlined = null; return ""; };
    inlined = inlined || Promise.all(USED.map(function (weight) { return document.fonts.load(weight + FAMILY); }))
      .then(function () { return address(); })
      .then(function (data) {
        return "@font-face{font-family:" + FAMILY + ";font-weight:" + rule().style.getPropertyValue("font-weight") + ";src:url(" + data + ") format('woff2')}";
      });
    return inlined.catch(failed);
  }

  /* The file as an address that holds it. The document says where it is, or holds it already. */
  function address() {
    var named = /url\("([^"]+)"\)/.exec(rule().cssText)[1];
    if (/^data:/.test(named)) return named;
    return window.fetch(named).then(function (answer) {
      if (!answer.ok) throw new Error("no type: " + answer.status);
      return answer.blob();
    }).then(window.bilateral.base64).then(function (text) { return "data:font/woff2;base64," + text; });
  }

  function rule() {
    var found = [];
    Array.prototype.forEach.call(document.styleSheets, function (sheet) {
      Array.prototype.forEach.call(sheet.cssRules, function (one) {
        if (one instanceof window.CSSFontFaceRule && one.style.getPropertyValue("font-family").indexOf(FAMILY) >= 0) found.push(one);
      });
    });
    return found[0];
  }

  /* A blob as text in base 64. */
  window.bilateral.base64 = function (blob) {
    return new Promise(function (done, failed) {
      var reader = new FileReader();
      reader.onload = function () { done(reader.result.slice(reader.result.indexOf(",") + 1)); };
      reader.onerror = function () { failed(reader.error); };
      reader.readAsDataURL(blob);
    });
  };

  /* The drawing with its type inside. */
  function within(svg, face) {
    return face ? svg.replace(SVG, function (head) { return head + "<style>" + face + "</style>"; }) : svg;
  }

  /* Gives a promise of the drawing as PNG, at so many pixels a point. */
  function painted(svg, width, height, scale) {
    var image = new Image(), source = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    image.src = source;
    return image.decode().then(function () {
      var canvas = document.createElement("canvas");
      canvas.width = scale * width;
      canvas.height = scale * height;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(source);
      return new Promise(function (done) { canvas.toBlob(done, "image/png"); });
    });
  }

  window.bilateral.pictureFont = { ready: ready, within: within, painted: painted };
})();
