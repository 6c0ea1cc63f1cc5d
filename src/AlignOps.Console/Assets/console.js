// The live parts: the server sends a region of the page when it has changed, ready made; this puts it in place.
"use strict";
(() => {
  const address = document.body.dataset.live;
  if (!address || !window.EventSource) return;

  const sign = document.getElementById("live");
  const source = new EventSource(address + location.search);
  const lit = (on) => { if (sign) sign.hidden = !on; };

  const place = (html) => {
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-region]");
    const stale = fresh && document.getElementById(fresh.id);
    if (!stale) return;
    // Whoever is typing a reason keeps it.
    if (stale.contains(document.activeElement) && document.activeElement.matches("input, select, textarea")) return;
    const open = [...stale.querySelectorAll("details")].map((one) => one.open);
    fresh.querySelectorAll("details").forEach((one, i) => { one.open = open[i] ?? one.open; });
    const focused = stale.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    stale.replaceWith(document.adoptNode(fresh));
    if (focused) fresh.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  };

  source.addEventListener("open", () => lit(true));
  source.addEventListener("error", () => lit(false));
  source.addEventListener("region", (event) => place(event.data));
  source.addEventListener("end", () => { source.close(); lit(false); });
})();
