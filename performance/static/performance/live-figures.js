// Puts a live figure into the text where the cursor stands. Without this script the same button sends the form, and the
// figure is added at the end of the text.
(() => {
  "use strict";

  for (const button of document.querySelectorAll("button[data-puts-into]")) {
    const text = document.getElementById(button.dataset.putsInto);
    const list = document.getElementById(button.dataset.from);
    if (!text || !list) continue;
    button.addEventListener("click", (event) => {
      if (!list.value) return;
      event.preventDefault();
      text.setRangeText(list.value, text.selectionStart, text.selectionEnd, "end");
      text.dispatchEvent(new Event("input", { bubbles: true }));
      text.focus();
    });
  }
})();
