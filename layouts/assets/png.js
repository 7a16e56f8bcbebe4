/* Writes what a picture shows into its chunks of text, and reads it back from a picture that may be anything. */
(function () {
  "use strict";

  window.bilateral = window.bilateral || {};

  var SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
  var STATE = "Bilateral view";
  // A picture from here has some ten chunks of text and a few megabytes; nothing beyond is looked at.
  var MOST_BYTES = 30e6, MOST_CHUNKS = 400, MOST_TEXT = 20000;

  /* Gives a promise of the same picture with its words and its state inside; its view is on this host, or on another. */
  function remember(blob, meta, origin) {
    return blob.arrayBuffer().then(function (buffer) {
      var bytes = new Uint8Array(buffer);
      var words = {
        Title: meta.title + ". " + meta.subtitle,
        Description: meta.summary,
        Source: meta.source,
        Software: meta.software,
        "Creation Time": new Date().toUTCString(),
        Comment: meta.metadata,
        URL: (origin === undefined ? window.location.origin : origin) + meta.address,
      };
      words[STATE] = JSON.stringify({ version: 1, chart: meta.chart, address: meta.address });
      var chunks = Object.keys(words).map(function (key) { return textChunk(key, words[key]); });
      // The header chunk comes first, 25 bytes long, right behind the signature of 8.
      return new Blob([bytes.subarray(0, 33)].concat(chunks, [bytes.subarray(33)]), { type: "image/png" });
    });
  }

  /* An international text chunk: keyword, uncompressed, no language, UTF-8. */
  function textChunk(keyword, text) {
    var body = new TextEncoder().encode("iTXt" + keyword + "\0\0\0\0\0" + text);
    var chunk = new Uint8Array(body.length + 8), view = new DataView(chunk.buffer);
    view.setUint32(0, body.length - 4);
    chunk.set(body, 4);
    view.setUint32(body.length + 4, crc(body));
    return chunk;
  }

  var table = null;

  function crc(bytes) {
    if (!table) {
      table = new Uint32Array(256);
      for (var n = 0; n < 256; n += 1) {
        var c = n;
        for (var k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
        table[n] = c;
      }
    }
    var sum = 0xffffffff;
    for (var place = 0; place < bytes.length; place += 1) sum = table[(sum ^ bytes[place]) & 255] ^ (sum >>> 8);
    return (sum ^ 0xffffffff) >>> 0;
  }

  /* Reads the address of the view a file shows. The promise fails with the name of a message for the reader. */
  function recall(file) {
    if (file.size > MOST_BYTES) return Promise.reject(new Error("tooLarge"));
    return file.arrayBuffer().then(function (buffer) {
      var bytes = new Uint8Array(buffer);
      var isPng = bytes.length > 33 && SIGNATURE.every(function (byte, place) { return bytes[place] === byte; });
      if (!isPng) throw new Error("notPng");
      return addressOf(stateOf(bytes));
    });
  }

  /* Walks the chunks up to the first of pixels; each length is held against what is left of the file. */
  function stateOf(bytes) {
    var view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    var at = 8;
    for (var count = 0; count < MOST_CHUNKS; count += 1) {
      if (at + 12 > bytes.length) throw new Error("damaged");
      var length = view.getUint32(at);
      var type = String.fromCharCode(bytes[at + 4], bytes[at + 5], bytes[at + 6], bytes[at + 7]);
      if (length > bytes.length - at - 12) throw new Error("damaged");
      if (type === "IDAT" || type === "IEND") break;
      if (type === "iTXt" && length <= MOST_TEXT) {
        var body = bytes.subarray(at + 4, at + 8 + length);
        var text = new TextDecoder().decode(body.subarray(4));
        if (text.indexOf(STATE + "\0") === 0) {
          if (crc(body) !== view.getUint32(at + 8 + length)) throw new Error("damaged");
          return text.slice(STATE.length + 5);
        }
      }
      at += length + 12;
    }
    throw new Error("notOurs");
  }

  /* Only an address within the dashboard is followed: a path of plain words and a query without anything else. */
  function addressOf(state) {
    var said;
    try {
      said = JSON.parse(state);
    } catch (error) {
      throw new Error("damaged");
    }
    var address = said && typeof said.address === "string" ? said.address : "";
    var parts = /^(\/[a-z-]{0,40})(\?[A-Za-z0-9=&%._+-]{0,1000})?$/.exec(address);
    if (!parts) throw new Error("notOurs");
    return { pathname: parts[1], search: parts[2] || "" };
  }

  window.bilateral.png = { remember: remember, recall: recall };
})();
