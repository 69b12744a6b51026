/** The page of one question: answers it in place, for the values that its form is given. */

import { BadValue, bound } from "../ask/binding";
import { type Opened, opened } from "../ask/loading";
import { counted, table } from "../ask/table";
import { byId } from "../shared/dom";

function start(form: HTMLFormElement): void {
  const place = byId("question-answer", HTMLElement);
  const message = byId("question-message", HTMLElement);
  const say = (text: string, wrong = false): void => {
    message.textContent = text;
    message.classList.toggle("wrong", wrong);
  };
  let loading: Promise<Opened> | undefined;
  /** The dataset is loaded with the first question, and again if that failed. */
  const loaded = async (): Promise<Opened> => {
    loading ??= opened(form.dataset);
    try {
      const one = await loading;
      await one.engine.loaded;
      return one;
    } catch (error) {
      loading = undefined;
      throw error;
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void answer();
  });

  const answer = async (): Promise<void> => {
    const { query: name, ...values } = Object.fromEntries([...new FormData(form)].map(([key, value]) => [key, String(value)]));
    for (const field of form.querySelectorAll("[aria-invalid]")) {
      field.removeAttribute("aria-invalid");
    }
    place.replaceChildren();
    say(loading ? "Asking …" : "Loading the dataset …");
    try {
      const { engine, catalogue, things } = await loaded();
      const question = catalogue.questions.find((one) => one.name === name);
      if (!question) {
        throw new Error("This question is not among those that can be asked here.");
      }
      const { answer: found, milliseconds } = await engine.ask(bound(question, values, catalogue, things));
      if (found.kind === "rows") {
        say(counted(found, milliseconds));
        const top = form.dataset["top"] ?? "";
        place.append(...(found.rows.length ? [table(found, question.columns, { things, prefixes: catalogue.prefixes, top })] : []));
      }
    } catch (error) {
      if (error instanceof BadValue) {
        const field = form.elements.namedItem(error.parameter);
        if (field instanceof HTMLInputElement) {
          field.setAttribute("aria-invalid", "true");
          field.focus();
        }
      }
      say(error instanceof Error ? error.message : String(error), true);
    }
  };
}

const form = document.querySelector<HTMLFormElement>("form.ask[data-dump]");
if (form && location.protocol !== "file:") {
  start(form);
}
