// Opens a row of the scorecard in place: what stands behind it is fetched only then, and Plotly with the first chart.
// Without this script the same link leads to a page that says the same.
(() => {
  "use strict";

  let drawing; // the chart scripts, loaded once

  function load(address) {
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
  }

  function draw(table, part) {
    if (!part.querySelector("[data-chart]")) return;
    if (!drawing) {
      const [plotly, charts] = [table.dataset.plotly, table.dataset.charts];
      drawing = load(plotly).then(() => load(charts));
      return;
    }
    drawing.then(() => document.dispatchEvent(new CustomEvent("charts:added", { detail: part })));
  }

  async function open(link) {
    const row = link.closest("tr");
    const next = row.nextElementSibling;
    if (next?.classList.contains("opened-row")) {
      next.hidden = !next.hidden;
      link.setAttribute("aria-expanded", String(!next.hidden));
      return;
    }
    const address = new URL(link.href);
    address.searchParams.set("part", "1");
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) {
      window.location = link.href;
      return;
    }
    const opened = document.createElement("tr");
    opened.className = "opened-row";
    opened.id = `opened-${link.dataset.opens}`;
    const cell = document.createElement("td");
    cell.colSpan = 9;
    cell.innerHTML = await answer.text();
    opened.append(cell);
    row.after(opened);
    link.setAttribute("aria-expanded", "true");
    link.setAttribute("aria-controls", opened.id);
    draw(link.closest("table"), opened);
  }

  for (const link of document.querySelectorAll("a[data-opens]")) {
    link.setAttribute("role", "button");
    link.setAttribute("aria-expanded", "false");
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      open(link);
    });
    link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      open(link);
    });
  }
})();
