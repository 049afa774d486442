// Draws the charts of a page: each element with data-chart names the JSON beside it that holds a Plotly figure.
// Colours come from the style sheet, so that dark surroundings and forced colours are followed; nothing moves.
(() => {
  "use strict";

  const NARROW = 520;
  const PRINTED = 430; // pixels that a chart has on paper, where two stand side by side
  const NAME = 20; // letters of a bar's name in a narrow box
  const LABEL = 74; // pixels that a label of the time axis needs
  const probe = document.createElement("span");
  probe.className = "chart-probe";
  const dot = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  // The style sheet's colour for one of the figure's, `--chart-1d5f9e` for #1d5f9e; the figure's own where it has none.
  // One dot is painted, because Plotly reads no system colour and no mixed one.
  function shade(hex) {
    const opacity = hex.length > 7 ? parseInt(hex.slice(7), 16) / 255 : 1;
    probe.style.color = `var(--chart-${hex.slice(1, 7)}, ${hex.slice(0, 7)})`;
    dot.fillStyle = getComputedStyle(probe).color;
    dot.fillRect(0, 0, 1, 1);
    const [red, green, blue] = dot.getImageData(0, 0, 1, 1).data;
    return `rgba(${red},${green},${blue},${opacity})`;
  }

  // Plotly reads tags in texts. A name from a code list or the words of an event are text whatever they hold; the only
  // tag is that of a new line. The templates of labels are the program's own and hold no name.
  const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/\n/g, "<br>");
  const read = (text) => text.replace(/<br>/g, " ").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

  function ready(value, key) {
    if (typeof value === "string") {
      if (/^#[0-9a-f]{6}([0-9a-f]{2})?$/i.test(value)) return shade(value.toLowerCase());
      return key === "hovertemplate" || key === "texttemplate" ? value : escaped(value);
    }
    if (Array.isArray(value)) return value.map((one) => ready(one, key));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, ready(one, name)]));
    }
    return value;
  }

  // A long name in two lines, for bars that lie in a narrow box.
  function wrapped(name) {
    const lines = [""];
    for (const word of name.split(" ")) {
      const last = lines.length - 1;
      if (lines[last] && lines[last].length + word.length >= NAME && lines.length < 2) lines.push(word);
      else lines[last] = `${lines[last]} ${word}`.trim();
    }
    return lines.join("<br>");
  }

  // The letters of events one beneath another where they would lie over one another.
  function apart(annotations, places, room) {
    let edge = -Infinity;
    let down = 0;
    const moved = new Map();
    const letters = annotations.filter((one) => one.hovertext).sort((one, other) => one.x - other.x);
    for (const one of letters) {
      const wide = 9 * one.text.length;
      const from = (one.x * room) / places - (one.xanchor === "left" ? 0 : wide / 2);
      down = from < edge ? down + 1 : 0;
      edge = Math.max(edge, from + wide);
      moved.set(one, { ...one, yshift: -16 * down });
    }
    return annotations.map((one) => moved.get(one) || one);
  }

  // As many labels of time as there is room for. A narrow box has smaller ones, and a legend in place of the names
  // beside the lines.
  function fitted(data, layout, width) {
    const xaxis = { ...layout.xaxis };
    const margin = layout.margin;
    const places = Math.max(1, ...data.map((one) => one.x?.length || 0));
    layout = { ...layout, annotations: apart(layout.annotations, places, width - 70 - (width < NARROW ? 12 : margin.r)) };
    if (xaxis.nticks) xaxis.nticks = Math.max(2, Math.floor((width - margin.r) / LABEL));
    if (width >= NARROW) return [data, { ...layout, xaxis }];
    const ends = layout.annotations.filter((one) => one.name === "end");
    if (data[0]?.orientation === "h") {
      const yaxis = { ...layout.yaxis, tickmode: "array", tickvals: data[0].y, ticktext: data[0].y.map(wrapped) };
      return [data, { ...layout, xaxis, yaxis, font: { ...layout.font, size: 12 }, margin: { ...margin, l: 4, r: 52 } }];
    }
    const named = data.map((one) => (one.meta?.narrow && ends.length ? { ...one, showlegend: true } : one));
    return [named, {
      ...layout,
      xaxis,
      font: { ...layout.font, size: 12 },
      showlegend: ends.length ? named.some((one) => one.showlegend) : layout.showlegend,
      margin: { ...margin, r: ends.length ? 12 : margin.r },
      annotations: layout.annotations.filter((one) => one.name !== "end"),
      shapes: layout.shapes?.filter((one) => one.name !== "leader"),
    }];
  }

  function draw(box, given) {
    const figure = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    document.body.append(probe);
    const [data, layout] = fitted(ready(figure.data), ready(figure.layout), given || box.clientWidth);
    layout.hoverlabel = { bgcolor: shade("#14202b"), font: { color: shade("#ffffff") } };
    if (given) layout.width = given;
    probe.remove();  // no colour is read once it is gone
    // Where a finger draws, a drag scrolls the page; the buttons zoom.
    if (matchMedia("(pointer: coarse)").matches) layout.dragmode = false;
    window.Plotly.purge(box);
    box.replaceChildren();
    return window.Plotly.newPlot(box, data, { ...layout, transition: { duration: 0 } }, figure.config).then(() => {
      for (const svg of box.querySelectorAll("svg.main-svg")) svg.setAttribute("aria-hidden", "true");
    });
  }

  const KEYS = "Left and right: from point to point. Home and End: the first and the last. Up and down: another series. Plus and minus: zoom. 0: all.";
  const number = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });

  // The places of a trace that hold a number, the first along the axis first. A lying bar is read from the top.
  function places(trace) {
    const lies = trace.orientation === "h";
    const values = lies ? trace.x : trace.y;
    const found = values.map((value, at) => (value == null ? -1 : at)).filter((at) => at >= 0);
    if (typeof trace.x[0] === "number" && !lies) found.sort((one, other) => trace.x[one] - trace.x[other]);
    return lies ? found.reverse() : found;
  }

  function words(trace, at, suffix) {
    if (trace.orientation === "h") return [`${trace.y[at]}: ${trace.text[at]}`, trace.customdata?.[at]].filter(Boolean).join(", ");
    const name = Array.isArray(trace.text) ? trace.text[at] : trace.name;
    const place = typeof trace.x[at] === "number" ? number.format(trace.x[at]) : trace.x[at];
    return `${name}, ${place}: ${number.format(trace.y[at])}${suffix}`;
  }

  // A chart by keyboard: its points one by one with their labels, said to who cannot see them, and its zoom.
  function keyed(box) {
    const said = document.createElement("p");
    said.className = "small chart-keys";
    said.setAttribute("role", "status");
    box.after(said);
    box.tabIndex = 0;
    box.setAttribute("role", "application");
    box.setAttribute("aria-roledescription", "chart");
    let series = 0;
    let place = -1;
    const traces = () => box.data.map((one, at) => [one, at]).filter(([one]) => one.hoverinfo !== "skip" && places(one).length);
    function show(across, along) {
      const shown = traces();
      series = (series + across + shown.length) % shown.length;
      const [trace, at] = shown[series];
      const there = places(trace);
      place = Math.min(Math.max(place + along, 0), there.length - 1);
      window.Plotly.Fx.hover(box, [{ curveNumber: at, pointNumber: there[place] }]);
      said.textContent = read(words(trace, there[place], box.layout.yaxis.ticksuffix || ""));
    }
    function zoom(factor) {
      const axis = box._fullLayout.xaxis;
      if (axis.fixedrange) return;
      const [first, last] = axis.range;
      const [trace] = traces()[series];
      const at = places(trace)[Math.max(place, 0)];
      const middle = place < 0 ? (first + last) / 2 : axis.r2l(axis.type === "category" ? axis.d2r(trace.x[at]) : trace.x[at]);
      const half = ((last - first) * factor) / 2;
      window.Plotly.relayout(box, { "xaxis.range": [middle - half, middle + half] });
    }
    const keys = {
      ArrowLeft: () => show(0, -1),
      ArrowRight: () => show(0, 1),
      Home: () => show(0, -Infinity),
      End: () => show(0, Infinity),
      ArrowUp: () => show(-1, 0),
      ArrowDown: () => show(1, 0),
      "+": () => zoom(0.5),
      "=": () => zoom(0.5),
      "-": () => zoom(2),
      0: () => window.Plotly.relayout(box, { "xaxis.autorange": true }),
    };
    box.addEventListener("focus", () => { said.textContent = KEYS; });
    box.addEventListener("blur", () => {
      said.textContent = "";
      if (box.data) window.Plotly.Fx.hover(box, []);
    });
    box.addEventListener("keydown", (event) => {
      if (event.target !== box || event.ctrlKey || event.metaKey || event.altKey || !box.data || !keys[event.key]) return;
      event.preventDefault();
      keys[event.key]();
    });
  }

  const boxes = [...document.querySelectorAll("[data-chart]")];
  const draws = () => boxes.forEach((box) => draw(box));
  const drawsForPaper = () => boxes.forEach((box) => draw(box, Math.min(PRINTED, box.clientWidth || PRINTED)));

  // Charts near the window first; the others when they come near, so that the first shows at once.
  function begin() {
    if (!window.Plotly) return;
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries.filter((one) => one.isIntersecting)) {
        seen.unobserve(entry.target);
        draw(entry.target);
      }
    }, { rootMargin: "600px" });
    boxes.forEach((box) => { box.replaceChildren(); keyed(box); seen.observe(box); });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draws);
    matchMedia("(forced-colors: active)").addEventListener("change", draws);
    window.addEventListener("beforeprint", drawsForPaper);
    window.addEventListener("afterprint", draws);
    document.addEventListener("charts:added", (event) => {
      const added = [...event.detail.querySelectorAll("[data-chart]")];
      boxes.push(...added);
      added.forEach((box) => { keyed(box); draw(box); });
    });
  }

  begin();
})();
