// What Streamlit's front end leaves undone: places in an address, writing that is kept, a map frame with a name.
(function () {
  "use strict";

  // The page is written after it has loaded, so the browser looks for an address's #place too early.
  let sought = window.location.hash.slice(1);
  ["wheel", "touchstart", "keydown"].forEach((name) => window.addEventListener(name, () => { sought = ""; }, { passive: true }));
  const seek = () => {
    const place = sought && document.getElementById(sought);
    if (!place) return;
    place.scrollIntoView();
    clearTimeout(seek.settled);
    // What is above may still grow for a moment.
    seek.settled = setTimeout(() => { sought = ""; }, 1500);
  };

  // What is written is sent after a moment's rest, as Ctrl+Enter would: it is kept, and in the workspace its reading age
  // is told, without leaving the box.
  let resting;
  document.addEventListener("input", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLTextAreaElement) || !box.closest(".st-key-register-form, [class*=st-key-step-words], .st-key-suggestion")) return;
    clearTimeout(resting);
    resting = setTimeout(() => {
      if (document.activeElement !== box) return;
      box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true }));
    }, 1200);
  });

  // A suggestion that was not sent is kept while its writer looks at other pages, but not when the browser leaves.
  window.addEventListener("beforeunload", (event) => {
    const box = document.querySelector(".st-key-suggestion textarea");
    if (box && box.value.trim()) event.preventDefault();
  });

  new MutationObserver(() => {
    seek();
    const frame = document.querySelector("iframe[title*=streamlit_folium]");
    if (frame) frame.title = "Map of the 15 areas";
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
