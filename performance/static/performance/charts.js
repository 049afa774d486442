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

  function shaded(value) {
    if (typeof value === "string") return /^#[0-9a-f]{6}([0-9a-f]{2})?$/i.test(value) ? shade(value.toLowerCase()) : value;
    if (Array.isArray(value)) return value.map(shaded);
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shaded(one)]));
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

  // As many labels of time as there is room for. A narrow box has smaller ones, and a legend in place of the names
  // beside the lines.
  function fitted(data, layout, width) {
    const xaxis = { ...layout.xaxis };
    const margin = layout.margin;
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
    }];
  }

  function draw(box, given) {
    const figure = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    document.body.append(probe);
    const [data, layout] = fitted(shaded(figure.data), shaded(figure.layout), given || box.clientWidth);
    if (given) layout.width = given;
    probe.remove();
    // Where a finger draws, a drag scrolls the page; the buttons zoom.
    if (matchMedia("(pointer: coarse)").matches) layout.dragmode = false;
    layout.hoverlabel = { bgcolor: shade("#14202b"), font: { color: shade("#ffffff") } };
    window.Plotly.purge(box);
    box.replaceChildren();
    return window.Plotly.newPlot(box, data, { ...layout, transition: { duration: 0 } }, figure.config).then(() => {
      for (const svg of box.querySelectorAll("svg.main-svg")) svg.setAttribute("aria-hidden", "true");
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
    boxes.forEach((box) => seen.observe(box));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draws);
    matchMedia("(forced-colors: active)").addEventListener("change", draws);
    window.addEventListener("beforeprint", drawsForPaper);
    window.addEventListener("afterprint", draws);
    document.addEventListener("charts:added", (event) => {
      const added = [...event.detail.querySelectorAll("[data-chart]")];
      boxes.push(...added);
      added.forEach((box) => draw(box));
    });
  }

  begin();
})();
