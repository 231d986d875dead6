// Charts and the map on paper. They are drawn for the screen's width and would be drawn anew, too late, for the paper's.
(function () {
  "use strict";
  const COPY = "psc-print-chart";
  // Of the map, in pixels: it and what stands above it fit one page of A4 in portrait.
  const WIDEST = 560;
  let copies = 0;

  // Names inside a drawing are names in the whole page: a copy needs its own.
  const renamed = (svg, mark) => {
    const copy = svg.cloneNode(true);
    copy.querySelectorAll("[id]").forEach((named) => { named.id = mark + named.id; });
    copy.querySelectorAll("[clip-path]").forEach((clipped) => {
      clipped.setAttribute("clip-path", clipped.getAttribute("clip-path").replace(/url\(['"]?[^#]*#([^'")]+)['"]?\)/, "url(#" + mark + "$1)"));
    });
    return copy;
  };

  const still = (plot) => {
    const drawings = [...plot.querySelectorAll(".main-svg")];
    if (!drawings.length) return;
    const width = Number(drawings[0].getAttribute("width")), height = Number(drawings[0].getAttribute("height"));
    const copy = document.createElement("div");
    copy.className = COPY;
    copy.style.aspectRatio = width + " / " + height;
    copy.style.maxWidth = width + "px";
    drawings.forEach((svg) => {
      const drawn = renamed(svg, "print" + (copies += 1) + "-");
      drawn.setAttribute("viewBox", "0 0 " + width + " " + height);
      copy.append(drawn);
    });
    plot.after(copy);
  };

  const fit = (frame) => {
    const box = frame.getBoundingClientRect();
    const scale = Math.min(1, WIDEST / box.width);
    frame.dataset.screen = frame.getAttribute("style") || "";
    frame.style.cssText += ";max-width:none;width:" + box.width + "px;height:" + box.height + "px;transform-origin:0 0;transform:scale(" + scale + ");margin-bottom:" + (scale - 1) * box.height + "px";
  };

  // A figure on paper carries its cautions, folded or not.
  const FOLDED = "details[data-print=open]";

  window.addEventListener("beforeprint", () => {
    document.querySelectorAll(FOLDED + ":not([open])").forEach((fold) => { fold.open = true; fold.dataset.folded = ""; });
    document.querySelectorAll(".js-plotly-plot").forEach(still);
    document.querySelectorAll("iframe").forEach(fit);
  });
  window.addEventListener("afterprint", () => {
    document.querySelectorAll(FOLDED + "[data-folded]").forEach((fold) => { fold.open = false; delete fold.dataset.folded; });
    document.querySelectorAll("." + COPY).forEach((copy) => copy.remove());
    document.querySelectorAll("iframe[data-screen]").forEach((frame) => {
      frame.style.cssText = frame.dataset.screen;
      delete frame.dataset.screen;
    });
  });
})();
