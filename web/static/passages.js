"use strict";
// A passage of a long publication is an anchor on its page; what rests on it is told on a page of its own. Go there.
(() => {
  const go = () => {
    const fragment = decodeURIComponent(location.hash.slice(1));
    const place = fragment && document.getElementById(fragment);
    const stretch = place && place.closest("[data-part]");
    if (stretch) {
      location.replace(stretch.dataset.part + location.hash);
    }
  };
  addEventListener("hashchange", go);
  go();
})();
