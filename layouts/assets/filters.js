/* Writes the reader's choices into the address, in the same order and with the same omissions as data/selection.py. */
(function () {
  "use strict";

  window.dash_clientside = window.dash_clientside || {};
  var bilateral = (window.dash_clientside.bilateral = window.dash_clientside.bilateral || {});
  var CONTROLS = ["reporter", "partner", "first", "last", "freq", "currency"];

  function defaults() {
    return JSON.parse(document.documentElement.dataset.choices);
  }

  function go(params) {
    var query = defaults().fields.filter(function (field) {
      return params[field] !== undefined && params[field] !== null;
    }).map(function (field) {
      return field + "=" + encodeURIComponent(params[field]);
    });
    var search = query.length ? "?" + query.join("&") : "";
    goTo(search);
  }

  function present(search) {
    var params = {}, fields = defaults().fields, aliases = defaults().aliases;
    new URLSearchParams(search || "").forEach(function (value, name) {
      // As the server reads names: whatever their case, and without the rest of an ampersand that was escaped twice.
      var field = name.replace(/^(amp;|;)+/i, "").toLowerCase();
      field = aliases[field] || field;
      if (fields.indexOf(field) >= 0 && !(field in params)) params[field] = value;
    });
    return params;
  }

  function named(values) {
    var chosen = {};
    CONTROLS.forEach(function (name, place) {
      chosen[name] = values[place];
    });
    return chosen;
  }

  function sameYears(chosen, freq) {
    var usual = defaults().years[freq];
    return chosen.first === usual[0] && chosen.last === usual[1];
  }

  bilateral.writeAddress = function (reporter, partner, first, last, freq, currency, applied, search) {
    var now = named([reporter, partner, first, last, freq, currency]);
    var before = named(applied || []);
    var changed = CONTROLS.filter(function (name) {
      return now[name] !== before[name];
    });
    if (!applied || !changed.length) return;

    // A choice that was never made follows the country and the frequency; one that was made stays.
    var usual = defaults();
    if (changed.indexOf("reporter") >= 0 && before.currency === usual.currency[before.reporter]) {
      now.currency = usual.currency[now.reporter];
    }
    if (changed.indexOf("freq") >= 0 && sameYears(before, before.freq)) {
      now.first = usual.years[now.freq][0];
      now.last = usual.years[now.freq][1];
    }
    if (now.first > now.last) {
      if (changed.indexOf("first") >= 0) now.last = now.first;
      else now.first = now.last;
    }

    var params = present(search);
    params.reporter = now.reporter === usual.reporter ? undefined : now.reporter;
    params.partner = now.partner === usual.partner[now.reporter] ? undefined : now.partner;
    // Years that nobody touched may be cut to months, which the controls do not show; years alone have none.
    if (["first", "last"].some(function (name) { return now[name] !== before[name]; }) || now.freq === usual.freq) {
      params.years = sameYears(now, now.freq)
        ? undefined
        : now.first === now.last ? String(now.first) : now.first + "-" + now.last;
    }
    params.freq = now.freq === usual.freq ? undefined : now.freq;
    params.currency = now.currency === usual.currency[now.reporter] ? undefined : now.currency;
    go(params);
  };

  function writeField(field, usual) {
    return function (value, search) {
      if (!value) return;
      var params = present(search);
      if ((params[field] || usual()) === value) return;
      params[field] = value === usual() ? undefined : value;
      go(params);
    };
  }

  bilateral.write_on = writeField("on", function () {
    return defaults().on;
  });
  bilateral.write_category = writeField("category", function () {
    return defaults().category;
  });

  /* Choices within a page are lists whose options carry the address they lead to. */
  document.addEventListener("change", function (event) {
    if (event.target.matches("select[data-goto]")) goTo(event.target.value);
  });

  /* What is typed into a field with the id goto-<name> is written to the address, which explains what it cannot use. */
  function typed(event) {
    var input = event.target, holder = input.closest ? input.closest("[data-usual]") : null;
    if (!holder || input.id.indexOf("goto-") !== 0) return;
    var field = input.id.slice(5), usual = holder.dataset.usual;
    var value = input.value.trim().replace(",", ".");
    var params = present(window.location.search);
    if ((params[field] || usual) === value) return;
    params[field] = value === usual ? undefined : value;
    go(params);
  }
  document.addEventListener("change", typed);
  document.addEventListener("keydown", function (event) {
    if (event.key === "Enter") typed(event);
  });

  function goTo(search) {
    if (search !== window.location.search) window.dash_clientside.set_props("url", { search: search });
  }

  /* A page is drawn anew after each choice, which takes the focus from what was pressed; it is given back. */
  var pressed = null;

  document.addEventListener("focusin", function (event) {
    var chart = event.target.closest("[data-chart]");
    if (event.target.id) pressed = '[id="' + window.CSS.escape(event.target.id) + '"]';
    else if (chart && event.target.dataset.action) {
      var panel = event.target.dataset.panel;
      pressed = '[data-chart="' + chart.dataset.chart + '"] [data-action="' + event.target.dataset.action + '"]' +
        (panel ? '[data-panel="' + panel + '"]' : "");
    } else pressed = null;
  });

  // Where the links are wider than the screen, the current one is among those to be seen.
  function showCurrent() {
    document.querySelectorAll(".page-link.current, .view.current").forEach(function (link) {
      var row = link.parentElement;
      row.scrollLeft = link.offsetLeft - (row.clientWidth - link.offsetWidth) / 2;
    });
  }

  bilateral.setTitle = function (title) {
    document.title = title;
    window.requestAnimationFrame(function () {
      showCurrent();
      var lost = document.activeElement === document.body && pressed && document.querySelector(pressed);
      if (lost) lost.focus({ preventScroll: true });
      if (!lost) window.bilateral.toAnchor();
    });
  };

  bilateral.chooseTheme = function (clicks) {
    var root = document.documentElement;
    if (clicks) {
      root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
      try {
        window.localStorage.setItem("bilateral-theme", root.dataset.theme);
      } catch (error) {
        // The choice then lasts as long as the page.
      }
    }
    return root.dataset.theme;
  };

  bilateral.toggleFilters = function (clicks) {
    var open = clicks % 2 === 1;
    return ["sentence" + (open ? " open" : ""), String(open)];
  };
})();
