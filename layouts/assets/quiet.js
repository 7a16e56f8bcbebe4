/* Dash tells of each component it draws anew by a message of its own, and every component on the page hears every
   message: a page of three thousand components costs nine million answers, many seconds in which nothing moves. The
   message resets what is kept of changed properties; where nothing is kept it says nothing, and is left out. */
(function () {
  "use strict";

  function saysNothing(store, action) {
    var path = action && action.type === "RESET_COMPONENT_STATE" && action.payload && action.payload.itempath;
    var kept = store.getState().layoutHashes;
    if (!path || !kept) return false;
    var start = path.join(",");
    return !Object.keys(kept).some(function (changed) {
      return changed.indexOf(start) === 0;
    });
  }

  function quiet(store) {
    var dispatch = store.dispatch;
    store.dispatch = function (action) {
      return saysNothing(store, action) ? action : dispatch.apply(store, arguments);
    };
  }

  // The renderer, which starts after this script, puts its store here.
  var stores = (window.dash_stores = window.dash_stores || []);
  stores.forEach(quiet);
  stores.push = function (store) {
    quiet(store);
    return Array.prototype.push.call(stores, store);
  };
})();
