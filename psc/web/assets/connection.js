// A page gets its contents over a websocket. Where that does not open, or is lost, the page says so instead of staying empty.
(function () {
  "use strict";

  const FIRST_MESSAGE = 12000, AFTER_FAILURE = 2000, AFTER_LOSS = 8000, SLOW = 10000, STEADY = 3000, ANSWER = 5000;
  const SEVERAL = 3;
  const BLOCKED = "This page could not be connected to the site, so it cannot be shown. Its contents come over a kind of " +
    "connection (a WebSocket) that some networks, proxies and browser extensions block. Try again, or try another network " +
    "or browser. If it goes on, tell your IT department that this address must be allowed: ";
  const SILENT = "This site does not answer at the moment. This page will be shown as soon as it does; there is nothing you " +
    "need to do. If it goes on, check your connection to the internet, or tell whoever runs this site.";
  const BUSY = "This site is taking longer than usual to answer. This page will be shown as soon as it does. If it goes on, " +
    "try again, or try another network: some networks hold back the kind of connection (a WebSocket) that this page needs.";
  const LOST = "The connection to this site was lost. You can go on reading, but nothing you choose or type is sent until the " +
    "connection is back. This page keeps trying. If you reload it, you may lose what you have not saved.";

  let latest = null;
  let heard = false;      // The latest connection is open and something came over it.
  let wasShown = false;   // There was a connection that lasted, so the page has its contents.
  let breaks = 0;         // How often a connection ended since one that lasted.
  let patient = false;
  let waiting = null;
  let lasting = null;
  let asked = window.location.origin.replace("http", "ws") + "/_stcore/stream";

  const hide = () => {
    const box = document.getElementById("psc-connection");
    if (box) box.remove();
  };

  const show = (words) => {
    hide();
    const box = document.createElement("div");
    box.id = "psc-connection";
    box.setAttribute("role", "alert");
    box.classList.toggle("psc-lost", wasShown);
    const text = document.createElement("p");
    text.textContent = words;
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = wasShown ? "Reload the page" : "Try again now";
    again.addEventListener("click", () => window.location.reload());
    box.append(text, again);
    if (!wasShown) {
      const figures = document.createElement("a");
      figures.href = "/data/all-measures.csv";
      figures.textContent = "Download the figures (CSV)";
      box.append(figures);
    }
    document.body.append(box);
  };

  // Anything but our own answer comes from a proxy or a page to sign in to a network: the site was not reached.
  const reason = async () => {
    try {
      const answer = await fetch("/connection", { cache: "no-store", signal: AbortSignal.timeout(ANSWER) });
      const { problem } = await answer.json();
      if (problem) return problem;
      if (problem === null && !wasShown) return BLOCKED + asked;
    } catch (error) {
      // As below.
    }
    return wasShown ? LOST : SILENT;
  };

  const look = async () => {
    waiting = null;
    if (heard && breaks < SEVERAL) return;
    if (!heard && latest && latest.readyState === WebSocket.OPEN) {
      expect(SLOW);
      if (patient) show(BUSY);
      patient = true;
      return;
    }
    const words = await reason();
    if (!heard || breaks >= SEVERAL) show(words);
    expect(FIRST_MESSAGE);
  };

  // A wait that has begun is not begun anew by the next failure, or it would never end.
  const expect = (milliseconds) => {
    if (waiting === null) waiting = setTimeout(look, milliseconds);
  };

  const expectNothing = () => {
    clearTimeout(waiting);
    waiting = null;
  };

  // Some proxies let a connection open, or a first message through, and then cut it, again and again.
  const lasts = () => {
    wasShown = true;
    breaks = 0;
    patient = false;
    expectNothing();
    hide();
  };

  const watch = (socket) => {
    latest = socket;
    asked = socket.url;
    const connected = () => {
      if (latest !== socket || heard) return;
      heard = true;
      lasting = setTimeout(lasts, STEADY);
    };
    socket.addEventListener("message", connected);
    // A page that has its contents already is sent nothing when it is connected again.
    socket.addEventListener("open", () => { if (wasShown) connected(); });
    socket.addEventListener("close", () => {
      if (latest !== socket) return;
      heard = false;
      breaks += 1;
      clearTimeout(lasting);
      if (!wasShown && breaks === 1) expectNothing();
      expect(wasShown ? AFTER_LOSS : AFTER_FAILURE);
    });
  };

  // Streamlit's own message about this covers the page, and speaks of a program that readers do not know.
  const replaceTheirs = () => {
    for (const dialog of document.querySelectorAll("[data-testid=stDialog]")) {
      const heading = dialog.querySelector("h1, h2, [slot=title]");
      const close = dialog.querySelector("button[aria-label=Close]");
      if (!heading || heading.textContent !== "Connection error" || !close) continue;
      close.click();
      expectNothing();
      look();
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(replaceTheirs).observe(document.body, { childList: true });
  });
  expect(FIRST_MESSAGE);
  // Without it, where a browser or an extension takes it away, the wait above ends in words.
  if (window.WebSocket) {
    window.WebSocket = class extends window.WebSocket {
      constructor(...given) {
        super(...given);
        watch(this);
      }
    };
  }
})();
