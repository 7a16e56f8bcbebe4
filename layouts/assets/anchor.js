/* An address that ends in the name of a chart or an event scrolls to it, and stays with it while charts above grow. */
(function () {
  "use strict";

  var bilateral = (window.bilateral = window.bilateral || {});
  var scrolled = "", growing = null;

  /* Once for each page and name: a choice made there later keeps the place where the reader is. */
  bilateral.toAnchor = function () {
    var wanted = window.location.pathname + window.location.hash;
    var place = window.location.hash && document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    if (wanted === scrolled) return;
    stop();
    scrolled = wanted;
    if (!place) return;
    growing = new ResizeObserver(function () { place.scrollIntoView(); });
    growing.observe(document.getElementById("page"));
    place.scrollIntoView();
  };

  function stop() {
    if (growing) growing.disconnect();
    growing = null;
  }

  /* From the first move of the reader on, the page is theirs. */
  ["wheel", "touchstart", "keydown", "mousedown"].forEach(function (act) {
    document.addEventListener(act, stop, { passive: true });
  });
})();
