/** The page of one question: answers it in place, for the values that its form is given. */

import { BadValue, bound } from "../ask/binding";
import { type Catalogue, Things, catalogueAt } from "../ask/catalogue";
import { Engine } from "../ask/engine";
import { table } from "../ask/table";
import type { Entry } from "../search/finding";
import { byId, html } from "../shared/dom";

declare global {
  interface Window {
    CCIN_SEARCH?: Entry[];
  }
}

interface Loaded {
  engine: Engine;
  catalogue: Catalogue;
  things: Things;
}

function script(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const made = html("script", { src: address });
    made.addEventListener("load", () => resolve());
    made.addEventListener("error", () => reject(new Error(`The names of things are not where they should be (${address}).`)));
    document.head.append(made);
  });
}

async function load(form: HTMLFormElement): Promise<Loaded> {
  const { dump = "", catalogue = "", names = "" } = form.dataset;
  const engine = new Engine(new URL(dump, location.href).href);
  const [read] = await Promise.all([catalogueAt(catalogue), script(names), engine.loaded]);
  return { engine, catalogue: read, things: new Things(read.base, window.CCIN_SEARCH ?? []) };
}

function start(form: HTMLFormElement): void {
  const place = byId("question-answer", HTMLElement);
  const message = byId("question-message", HTMLElement);
  const say = (text: string, wrong = false): void => {
    message.textContent = text;
    message.classList.toggle("wrong", wrong);
  };
  let loaded: Promise<Loaded> | undefined;
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
    say(loaded ? "Asking …" : "Loading the dataset …");
    try {
      loaded ??= load(form);
      const { engine, catalogue, things } = await loaded;
      const question = catalogue.questions.find((one) => one.name === name);
      if (!question) {
        throw new Error("This question is not among those that can be asked here.");
      }
      const { answer: found, milliseconds } = await engine.ask(bound(question, values, catalogue, things));
      if (found.kind === "rows") {
        const many = found.rows.length;
        say(`${many.toLocaleString("en")} ${many === 1 ? "row" : "rows"} (${Math.max(1, Math.round(milliseconds))} ms).`);
        const top = form.dataset["top"] ?? "";
        place.append(...(many ? [table(found, question.columns, { things, prefixes: catalogue.prefixes, top })] : []));
      }
    } catch (error) {
      if (error instanceof BadValue) {
        const field = form.elements.namedItem(error.parameter);
        if (field instanceof HTMLInputElement) {
          field.setAttribute("aria-invalid", "true");
          field.focus();
        }
      } else {
        loaded = undefined;
      }
      say(error instanceof Error ? error.message : String(error), true);
    }
  };
}

const form = document.querySelector<HTMLFormElement>("form.ask[data-dump]");
if (form && location.protocol !== "file:") {
  start(form);
}
