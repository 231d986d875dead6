// A page gets its contents over a websocket. Where that does not open, or is lost, the page says so instead of staying empty.
(function () {
  "use strict";

  const FIRST_MESSAGE = 12000, AFTER_FAILURE = 2000, AFTER_LOSS = 8000, SLOW = 30000;
  const BLOCKED = "This page could not be connected to the site, so it cannot be shown. Its contents come over a kind of " +
    "connection (a WebSocket) that some networks, proxies and browser extensions block. Try again, or try another network " +
    "or browser. If it goes on, tell your IT department that this address must be allowed: ";
  const SILENT = "This site does not answer at the moment. This page will be shown as soon as it does; there is nothing you " +
    "need to do. If it goes on, check your connection to the internet, or tell whoever runs this site.";
  const BUSY = "This site is taking longer than usual to answer. This page will be shown as soon as it does.";

  let latest = null;
  let heard = false;
  let wasHeard = false;
  let failed = false;
  let waiting = null;
  let asked = "";

  const hide = () => {
    const box = document.getElementById("psc-connection");
    if (box) box.remove();
  };

  const show = (words) => {
    hide();
    const box = document.createElement("div");
    box.id = "psc-connection";
    box.setAttribute("role", "alert");
    const text = document.createElement("p");
    text.textContent = words;
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = "Try again now";
    again.addEventListener("click", () => window.location.reload());
    const figures = document.createElement("a");
    figures.href = "/data/all-measures.csv";
    figures.textContent = "Download the figures (CSV)";
    box.append(text, again, figures);
    document.body.append(box);
  };

  const reason = async () => {
    try {
      const answer = await fetch("/connection", { cache: "no-store" });
      if (answer.status === 503) return await answer.text();
      return answer.ok ? BLOCKED + (asked || "wss://" + window.location.host + "/_stcore/stream") : SILENT;
    } catch (error) {
      return SILENT;
    }
  };

  const look = async () => {
    waiting = null;
    if (heard) return;
    if (latest && latest.readyState === WebSocket.OPEN) {
      expect(SLOW);
      if (look.patient) show(BUSY);
      look.patient = true;
      return;
    }
    const words = await reason();
    if (!heard) show(words);
    expect(FIRST_MESSAGE);
  };

  // A wait that has begun is not begun anew by the next failure, or it would never end.
  const expect = (milliseconds) => {
    if (waiting === null) waiting = setTimeout(look, milliseconds);
  };

  window.WebSocket = class extends window.WebSocket {
    constructor(...given) {
      super(...given);
      latest = this;
      asked = this.url;
      this.addEventListener("message", () => {
        if (latest !== this || heard) return;
        heard = wasHeard = true;
        clearTimeout(waiting);
        waiting = null;
        look.patient = false;
        hide();
      });
      this.addEventListener("close", () => {
        if (latest !== this) return;
        heard = false;
        if (!wasHeard && !failed) {
          failed = true;
          clearTimeout(waiting);
          waiting = null;
        }
        expect(wasHeard ? AFTER_LOSS : AFTER_FAILURE);
      });
    }
  };

  expect(FIRST_MESSAGE);
})();
