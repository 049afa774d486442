// Puts a live figure into the text where the cursor stands. Without this script the same button sends the form, and the
// figure is added at the end of the text. Where a form has several texts, the one that was last typed into is offered.
(() => {
  "use strict";

  for (const button of document.querySelectorAll("button[data-puts-into]")) {
    const figures = document.getElementById(button.dataset.from);
    const into = document.getElementById(button.dataset.into);
    if (!figures || button.dataset.ready) continue;
    button.dataset.ready = "yes";
    const textOf = () =>
      document.getElementById(into?.selectedOptions[0]?.dataset.text ?? button.dataset.putsInto);
    for (const option of into?.options ?? [])
      document.getElementById(option.dataset.text)?.addEventListener("focus", () => (option.selected = true));
    button.addEventListener("click", (event) => {
      const text = textOf();
      if (!figures.value || !text) return;
      event.preventDefault();
      const gap = /[\p{L}\p{N}.,;:]$/u.test(text.value.slice(0, text.selectionStart)) ? " " : "";
      text.setRangeText(gap + figures.value, text.selectionStart, text.selectionEnd, "end");
      text.dispatchEvent(new Event("input", { bubbles: true }));
      text.focus();
    });
  }
})();
