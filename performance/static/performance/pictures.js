// PNG and SVG of a chart, made in the browser by Plotly, with the title above and source and date beneath.
(() => {
  "use strict";

  const SIZE = { width: 1000, height: 560 };

  function picture(place) {
    const figure = JSON.parse(document.getElementById(place.dataset.pictures).textContent);
    const layout = {
      ...figure.layout,
      ...SIZE,
      title: { text: place.dataset.title, x: 0.02, xanchor: "left", font: { size: 18 } },
      margin: { l: 60, r: 30, t: 90, b: 90 },
      legend: { ...figure.layout.legend, y: 1.02 },
      paper_bgcolor: "#ffffff",
      plot_bgcolor: "#ffffff",
      annotations: [
        ...(figure.layout.annotations || []),
        {
          text: place.dataset.source, showarrow: false, xref: "paper", yref: "paper",
          x: 0, y: -0.16, xanchor: "left", yanchor: "top", font: { size: 12 },
        },
      ],
    };
    return { data: figure.data, layout };
  }

  async function download(place, format) {
    const address = await window.Plotly.toImage(picture(place), { format, ...SIZE });
    const link = document.createElement("a");
    link.href = address;
    link.download = `${place.dataset.pictures.replace("figure-", "")}.${format}`;
    link.click();
  }

  for (const place of document.querySelectorAll("[data-pictures]")) {
    for (const format of ["png", "svg"]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "link-button";
      button.append(format.toUpperCase());
      const about = document.createElement("span");
      about.className = "govuk-visually-hidden";
      about.textContent = ` of ${place.dataset.title}`;
      button.append(about);
      button.addEventListener("click", () => download(place, format));
      place.append(button, " ");
    }
  }
})();
