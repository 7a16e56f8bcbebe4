/* Copied tables are numbers for a spreadsheet: a plain minus, no groups of digits, and the sign of a status as a word in a
   cell of its own. What stands on the page keeps its signs. */
(function () {
  "use strict";

  var MINUS = /\u2212(?=[\d.,])/g;

  function signs() { return JSON.parse(document.documentElement.dataset.signs); }

  /* The sign between groups of digits in the language of the page; spreadsheets do not all know it. */
  function group() {
    var parts = new Intl.NumberFormat(document.documentElement.lang).formatToParts(1234567);
    return parts.filter(function (part) { return part.type === "group"; })[0].value;
  }

  /* The words of a cell; parts of their own line are set apart by a blank. */
  function words(cell) {
    var parts = Array.prototype.map.call(cell.childNodes, function (node) { return node.textContent.trim(); });
    return parts.filter(Boolean).join(" ");
  }

  /* A cell as number and status: {text: "-44569.4", status: "preliminary"}. */
  function read(cell, known) {
    var text = words(cell), found = [];
    if (!cell.classList.contains("number") || cell.closest("thead")) return { text: text.replace(MINUS, "-"), status: "" };
    Object.keys(known.signs).forEach(function (sign) {
      if (text.indexOf(sign) < 0) return;
      found.push(known.signs[sign]);
      text = text.split(sign).join("");
    });
    text = text.replace(MINUS, "-").trim();
    if (text === known.missing) text = "";
    var bare = text.split(known.group).join("");
    return { text: /^[-+]?\d+([.,]\d+)?%?$/.test(bare) ? bare : text, status: found.join(" ") };
  }

  /* The chosen cells of a table, row by row, with a column for the statuses of each column that has any. */
  function grid(table, isChosen) {
    var known = { signs: signs().signs, missing: signs().missing, group: group() };
    var rows = Array.prototype.map.call(table.rows, function (row) {
      var places = Array.prototype.map.call(row.cells, function (cell) {
        return isChosen(cell) ? Object.assign(read(cell, known), { head: !!cell.closest("thead") }) : null;
      });
      return places.some(Boolean) ? places : null;
    }).filter(Boolean);
    var width = Math.max.apply(null, rows.map(function (row) { return row.length; }).concat(0)), made = rows.map(function () { return []; });
    for (var place = 0; place < width; place += 1) addColumn(rows, made, place);
    return made;
  }

  function addColumn(rows, made, place) {
    if (!rows.some(function (row) { return row[place]; })) return;
    var marked = rows.some(function (row) { return row[place] && row[place].status; });
    rows.forEach(function (row, number) {
      var cell = row[place] || { text: "", status: "", head: false };
      made[number].push(cell.text);
      if (marked) made[number].push(cell.head ? signs().column.replace("{column}", cell.text) : cell.status);
    });
  }

  function escaped(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }

  function asHtml(rows) {
    return "<table>" + rows.map(function (row) {
      return "<tr>" + row.map(function (text) { return "<td>" + escaped(text) + "</td>"; }).join("") + "</tr>";
    }).join("") + "</table>";
  }

  function asText(rows) {
    return rows.map(function (row) { return row.join("\t"); }).join("\n");
  }

  /* The one table that a selection is of: it lies inside, or it covers a box that holds nothing else. */
  function tableOf(range) {
    var node = range.commonAncestorContainer;
    var element = node.nodeType === 1 ? node : node.parentElement;
    if (!element) return null;
    if (element.closest("td, th")) return null;
    return element.closest("table") || (element.matches(".table-box") ? element.querySelector("table") : null);
  }

  document.addEventListener("copy", function (event) {
    var selection = document.getSelection(), field = document.activeElement;
    if (!selection.rangeCount || selection.isCollapsed || !event.clipboardData) return;
    if (field && /^(INPUT|TEXTAREA|SELECT)$/.test(field.tagName)) return;
    var range = selection.getRangeAt(0), table = tableOf(range);
    var rows = table ? grid(table, function (cell) { return selection.containsNode(cell, true); }) : [];
    if (rows.length) {
      event.clipboardData.setData("text/plain", asText(rows));
      event.clipboardData.setData("text/html", asHtml(rows));
      event.preventDefault();
      return;
    }
    mixed(event, selection, range);
  });

  /* Text with tables in it: the words as they are, each table as above. */
  function mixed(event, selection, range) {
    var copied = document.createElement("div");
    copied.appendChild(range.cloneContents());
    var tables = copied.querySelectorAll("table");
    if (!tables.length) return;
    tables.forEach(function (table) {
      var made = document.createElement("div");
      made.innerHTML = asHtml(grid(table, function () { return true; }));
      table.replaceWith(made.firstChild);
    });
    event.clipboardData.setData("text/plain", selection.toString().replace(MINUS, "-"));
    event.clipboardData.setData("text/html", copied.innerHTML);
    event.preventDefault();
  }
})();
