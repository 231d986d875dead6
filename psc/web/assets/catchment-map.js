// The catchment map's behaviour. draw() is called once per map, paint() whenever the measure or the selection changes.
(function () {
  "use strict";

  // Greater London, where three of the fifteen areas are too small to read on a map of England.
  const LONDON = [[51.27, -0.55], [51.71, 0.36]];
  const INSET_AREAS = ["imperial", "south-london", "uclpartners"];
  const LINE = { color: "#4c6272", weight: 1, fillOpacity: 1, fillColor: "#ffffff" };
  const CHOSEN = { color: "#212b32", weight: 3.5 };
  const HATCH = "hatch";

  // Known beforehand, so that the map is in place before its outlines are projected: they are then projected once.
  const ENGLAND = [[49.86, -6.42], [55.82, 1.77]];
  const NARROW = 560;
  const NARROW_HEIGHT = 515;

  let views = [];
  let state = null;
  let clicks = 0;
  let focused = null;
  let london = false;

  function draw(map, label) {
    const container = map.getContainer();
    const narrow = container.clientWidth <= NARROW;
    if (narrow) {
      // England is taller than a phone is wide: a lower frame leaves no blank below it.
      container.style.height = NARROW_HEIGHT + "px";
      map.invalidateSize({ animate: false });
    }
    // A finger on the map scrolls the page; only a map that has been zoomed into is there to be dragged.
    if (L.Browser.mobile) map.dragging.disable();
    // The inset stands in the North Sea: England moves a little to the left to make room for it, on a phone down.
    const home = () => {
      const wide = map.getSize().x > NARROW;
      map.fitBounds(ENGLAND, {
        paddingTopLeft: [6, wide ? 6 : 80], paddingBottomRight: [wide ? 110 : 6, 6], animate: false,
      });
    };
    home();
    const main = addView(map, null);
    views = [main];
    map.setMinZoom(map.getZoom() - 0.5);
    const box = addInsetBox(map);
    addLondonButton(map, home, box);
    // England first: the second sight of London can wait until the reader has something to look at.
    setTimeout(() => { views.push(addInset(box)); if (state) paintView(views[1]); }, 0);
    container.setAttribute("role", "group");
    container.setAttribute("aria-label", label);
    let width = container.clientWidth;
    new ResizeObserver(() => {
      if (container.clientWidth === width) return;
      width = container.clientWidth;
      map.invalidateSize({ animate: false });
      map.setMinZoom(0);
      home();
      map.setMinZoom(map.getZoom() - 0.5);
    }).observe(container);
    return main.layer;
  }

  function addView(map, only) {
    const data = only
      ? { type: "FeatureCollection", features: window.pscCatchments.features.filter((f) => only.includes(f.properties.id)) }
      : window.pscCatchments;
    const view = { map: map, paths: {}, labels: {}, inset: Boolean(only) };
    view.layer = L.geoJSON(data, {
      style: LINE,
      onEachFeature: (feature, path) => {
        const id = feature.properties.id;
        view.paths[id] = path;
        // Python needs to know which area and that it is a new click, not the outline it already has.
        path.toGeoJSON = () => ({ type: "Feature", geometry: null, properties: { id: id, click: clicks } });
        path.on("click", () => { clicks += 1; });
        path.bindTooltip("", { sticky: true, className: "psc-tip", opacity: 1 });
      },
    }).addTo(map);
    addHatch(map);
    return view;
  }

  function addInsetBox(map) {
    const control = L.control({ position: "topright" });
    control.onAdd = () => {
      const box = L.DomUtil.create("div", "psc-inset");
      // Sized here, not in the style sheet, which may arrive after Leaflet has measured the box.
      const size = map.getSize().x > NARROW ? [230, 146] : [136, 96];
      box.innerHTML = '<div class="psc-inset-title">London, enlarged</div>' +
        '<div class="psc-inset-map" style="width:' + size[0] + "px;height:" + size[1] + 'px"></div>';
      L.DomEvent.disableClickPropagation(box);
      return box;
    };
    control.addTo(map);
    return control.getContainer();
  }

  function addInset(box) {
    const inset = L.map(box.querySelector(".psc-inset-map"), {
      zoomControl: false, attributionControl: false, dragging: false, keyboard: false, doubleClickZoom: false,
      scrollWheelZoom: false, boxZoom: false, touchZoom: false, zoomSnap: 0.05,
    });
    inset.fitBounds(LONDON, { animate: false });
    const view = addView(inset, INSET_AREAS);
    // The inset is a second sight of the same areas: a click there is a click on the area itself.
    Object.entries(view.paths).forEach(([id, path]) => {
      path.on("click", (event) => { L.DomEvent.stop(event); views[0].paths[id].fire("click", { latlng: event.latlng }, true); });
      const element = path.getElement();
      element.setAttribute("aria-hidden", "true");
      element.setAttribute("tabindex", "-1");
    });
    return view;
  }

  function addLondonButton(map, home, box) {
    const control = L.control({ position: "topleft" });
    control.onAdd = () => {
      const bar = L.DomUtil.create("div", "leaflet-bar");
      const button = L.DomUtil.create("a", "psc-london", bar);
      button.href = "#";
      button.role = "button";
      button.textContent = "Zoom to London";
      L.DomEvent.disableClickPropagation(bar);
      L.DomEvent.on(button, "click", (event) => {
        L.DomEvent.preventDefault(event);
        london = !london;
        button.textContent = london ? "Show England" : "Zoom to London";
        box.style.display = london ? "none" : "";
        if (L.Browser.mobile) london ? map.dragging.enable() : map.dragging.disable();
        london ? map.fitBounds(LONDON, { animate: false }) : home();
        if (state) paint(state);
      });
      return bar;
    };
    control.addTo(map);
  }

  function addHatch(map) {
    const svg = map.getPanes().overlayPane.querySelector("svg");
    svg.insertAdjacentHTML("afterbegin",
      '<defs><pattern id="psc-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
      '<rect width="7" height="7" fill="#ffffff"/><line x1="0" y1="0" x2="0" y2="7" stroke="#aeb7bd" stroke-width="2.5"/></pattern></defs>');
  }

  function paint(next) {
    state = next;
    const active = document.activeElement && document.activeElement.dataset.area;
    paintView(views[0]);
    makeOperable();
    // Raising the chosen area's outline moved its element, which takes the keyboard's focus away from it.
    if (active) views[0].paths[active].getElement().focus({ preventScroll: true });
    if (views[0].map.getContainer().clientWidth <= NARROW) setTimeout(() => window.Streamlit.setFrameHeight(NARROW_HEIGHT), 0);
    document.body.dataset.painted = String(Number(document.body.dataset.painted || 0) + 1);
    // England first; the enlarged London follows before anyone can look there.
    if (views[1]) setTimeout(() => paintView(views[1]), 0);
  }

  function paintView(view) {
    Object.entries(view.paths).forEach(([id, path]) => paintArea(view, id, path));
    const chosen = view.paths[state.selected];
    if (chosen) chosen.bringToFront();
  }

  function paintArea(view, id, path) {
    const look = state.areas[id];
    const fill = look.fill === HATCH ? "url(#psc-hatch)" : look.fill;
    path.setStyle(Object.assign({}, LINE, { fillColor: fill }, id === state.selected ? CHOSEN : {}));
    path.setTooltipContent(look.sentence);
    label(view, id, look);
  }

  function label(view, id, look) {
    const at = view.paths[id].feature.properties;
    const hidden = !view.inset && !london && INSET_AREAS.includes(id) && id !== "uclpartners";
    const mark = look.icon ? state.icons[look.icon] : '<span class="psc-value">' + look.text + "</span>";
    const html = hidden ? "" :
      '<div aria-hidden="true" class="psc-label' + (id === state.selected ? " selected" : "") + '">' + mark +
      '<span class="' + (look.ink === "#ffffff" ? "psc-on-dark" : "") + '">' + at.short_name + "</span></div>";
    const place = (view.inset || london) && id === "uclpartners" ? [51.6, 0.02] : [at.label_lat, at.label_lon];
    if (!view.labels[id]) {
      const icon = L.divIcon({ className: "", iconSize: [0, 0], html: html });
      view.labels[id] = L.marker(place, { interactive: false, keyboard: false, icon: icon }).addTo(view.map);
      return;
    }
    view.labels[id].setLatLng(place);
    const element = view.labels[id].getElement();
    if (element.innerHTML !== html) element.innerHTML = html;
  }

  // One tab stop for the whole map; arrow keys move to the neighbour that way; Enter or Space chooses.
  function makeOperable() {
    const paths = views[0].paths;
    const current = focused || state.selected || state.order[0];
    Object.entries(paths).forEach(([id, path]) => {
      const element = path.getElement();
      element.classList.add("psc-area");
      element.dataset.area = id;
      element.setAttribute("role", "button");
      element.setAttribute("aria-pressed", String(id === state.selected));
      element.setAttribute("aria-label", state.areas[id].sentence);
      element.setAttribute("tabindex", id === current ? "0" : "-1");
      element.onkeydown = (event) => onKey(event, id);
      element.onfocus = () => { focused = id; path.openTooltip(); };
      element.onblur = () => path.closeTooltip();
    });
  }

  function onKey(event, id) {
    const step = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
    if (event.key === "Enter" || event.key === " ") {
      views[0].paths[id].fire("click", { latlng: null }, true);
    } else if (step) {
      const next = neighbour(id, step);
      if (next) {
        focused = next;
        makeOperable();
        views[0].paths[next].getElement().focus();
      }
    } else {
      return;
    }
    event.preventDefault();
  }

  function neighbour(id, step) {
    const place = (key) => views[0].paths[key].feature.properties;
    const here = place(id);
    let best = null;
    let least = Infinity;
    Object.keys(views[0].paths).forEach((key) => {
      // A degree of longitude is about 0.6 of a degree of latitude here.
      const x = (place(key).label_lon - here.label_lon) * 0.6;
      const y = place(key).label_lat - here.label_lat;
      const ahead = x * step[0] + y * step[1];
      const aside = Math.abs(x * step[1]) + Math.abs(y * step[0]);
      const cost = ahead + 2 * aside;
      if (key !== id && ahead > 0.02 && cost < least) { least = cost; best = key; }
    });
    return best;
  }

  window.pscMap = { draw: draw, paint: paint };
})();
