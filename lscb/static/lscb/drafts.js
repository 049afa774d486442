// Saves what is typed into a form as a draft: some seconds after the last key, and when the page is left. The form's
// own button "Save as draft" does the same without this. Nothing is announced while all is well.
const PAUSE = 3000;
const AGAIN = 15000;

for (const button of document.querySelectorAll("[data-draft]")) watch(button.form, button.formAction);

function watch(form, address) {
  const part = form.querySelector("[data-draft]").parentElement;
  const said = part.querySelector("[data-draft-said]");
  const problem = part.querySelector("[data-draft-problem]");
  let unsaved = form.querySelector(".govuk-error-message") !== null; // what was refused is not lost either
  let timer = 0;
  let sending = new AbortController();

  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(() => save(), pause);
  };

  // Files are no part of a draft.
  function content() {
    const data = new FormData(form);
    for (const input of form.querySelectorAll("[type=file]")) data.delete(input.name);
    return data;
  }

  // `leaving`: the page may be gone before the answer is, and the request must outlive it.
  async function save(leaving = false) {
    unsaved = false;
    sending = new AbortController();
    try {
      const answer = await fetch(address, {
        method: "POST",
        body: content(),
        headers: { Accept: "application/json" },
        keepalive: leaving,
        signal: sending.signal,
      });
      tell(await answer.json());
    } catch {
      if (sending.signal.aborted) return;
      unsaved = true;
      problem.textContent = "The draft could not be saved: there is no connection. Leave this page open; it is tried again.";
      later(AGAIN);
    }
  }

  function tell(answer) {
    const faults = Object.entries(answer.refused ?? {}).map(([name, kind]) => {
      const words = form.elements[name]?.labels?.[0]?.textContent.trim() ?? name;
      return `Not in the draft: “${words}”, which looks like ${kind}. Write it so that nobody can be recognised.`;
    });
    if (answer.said) said.textContent = answer.said;
    problem.textContent = [answer.problem, ...faults].filter(Boolean).join(" ");
    if (answer.way) {
      const link = document.createElement("a");
      link.href = answer.way;
      link.textContent = "Go on with the draft";
      problem.append(" ", link);
    }
  }

  form.addEventListener("input", () => {
    unsaved = true;
    later(PAUSE);
  });
  form.addEventListener("submit", () => {
    unsaved = false;
    clearTimeout(timer);
    sending.abort();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && unsaved) save(true);
  });
  if (unsaved) later(PAUSE);
}
