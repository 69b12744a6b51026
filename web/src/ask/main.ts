/** The page that asks: questions of the packs with their values, a query of one's own, the answer. */

import { byId, html, save } from "../shared/dom";
import { BadValue, bound } from "./binding";
import type { Catalogue, Question, Things } from "./catalogue";
import { bars, places } from "./charts";
import { csv, csvForSpreadsheets, json } from "./downloads";
import { type Editor, editorIn } from "./editor";
import { type Answered, Cancelled, type Engine, Refused } from "./engine";
import { doubts } from "./hints";
import { type Opened, opened } from "./loading";
import type { Rows } from "./messages";
import { hashOf, stateOf, stateOfForm } from "./sharing";
import { type Naming, counted, table, took } from "./table";

declare global {
  interface Window {
    /** For those who write in the browser's console, and for the tests: `await ccin.ask("members/lists")`. */
    ccin?: { ask(query: string, values?: Record<string, string>): Promise<Answered> };
  }
}

const SECONDS = 60;

class Page {
  readonly #catalogue: Catalogue;
  readonly #things: Things;
  readonly #engine: Engine;
  readonly #editor: Editor;
  readonly #naming: Naming;
  readonly #form = byId("ask-parameters", HTMLFormElement);
  readonly #about = byId("ask-about", HTMLElement);
  readonly #run = byId("ask-run", HTMLButtonElement);
  readonly #cancel = byId("ask-cancel", HTMLButtonElement);
  readonly #share = byId("ask-share", HTMLButtonElement);
  readonly #derived = byId("ask-derived", HTMLInputElement);
  readonly #seconds = byId("ask-seconds", HTMLInputElement);
  readonly #message = byId("ask-message", HTMLElement);
  readonly #answer = byId("ask-answer", HTMLElement);
  #question: Question | undefined;
  /** What the form's values made of the question; another text is a query of the reader's own. */
  #made = "";

  constructor({ engine, catalogue, things }: Opened, top: string) {
    this.#catalogue = catalogue;
    this.#things = things;
    this.#engine = engine;
    this.#naming = { things: this.#things, prefixes: catalogue.prefixes, top };
    const area = byId("ask-text", HTMLTextAreaElement);
    this.#editor = editorIn(byId("ask-editor", HTMLElement), area, catalogue, this.#things, () => void this.#ask());
    this.#run.addEventListener("click", () => void this.#ask());
    this.#cancel.addEventListener("click", () => engine.cancel());
    this.#share.addEventListener("click", () => void this.#copyLink());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#ask();
    });
    this.#form.addEventListener("input", () => this.#fill());
    this.#editor.onChange(() => this.#editor.unmark());
    this.#filterQuestions();
    addEventListener("hashchange", () => void this.#open());
  }

  /** Open what the address says. */
  async start(): Promise<void> {
    this.#run.disabled = this.#share.disabled = false;
    this.#editor.refresh();
    await this.#open();
  }

  /** Answer a question of the packs, or a query, without showing it. */
  async answer(query: string, values: Record<string, string> = {}): Promise<Answered> {
    const question = this.#catalogue.questions.find((one) => one.name === query);
    return this.#engine.ask(question ? bound(question, values, this.#catalogue, this.#things) : query);
  }

  async #open(): Promise<void> {
    const state = location.hash.length > 1 ? stateOf(location.hash) : stateOfForm(location.search);
    const question = this.#catalogue.questions.find((one) => one.name === state.query);
    if (state.query && !question) {
      this.#say(`There is no question “${state.query}”.`, true);
      return;
    }
    this.#choose(question, state.values);
    if (state.text) {
      this.#editor.text = state.text;
    }
    if (state.run) {
      await this.#ask();
    }
  }

  #choose(question: Question | undefined, values: Record<string, string>): void {
    this.#question = question;
    this.#form.replaceChildren();
    this.#form.hidden = !question?.parameters.length;
    this.#about.replaceChildren();
    for (const link of document.querySelectorAll("#ask-questions a")) {
      const chosen = link.getAttribute("data-query") === question?.name;
      link.toggleAttribute("aria-current", chosen);
    }
    if (!question) {
      return;
    }
    this.#about.append(question.question, " ", html("a", { href: this.#naming.top + question.path }, "About this question"));
    for (const parameter of question.parameters) {
      const id = `ask-p-${parameter.name}`;
      const list = `${id}-names`;
      const field = html("input", {
        id,
        name: parameter.name,
        type: parameter.kind === "date" ? "date" : "text",
        value: this.#said(values[parameter.name] ?? parameter.default),
        autocomplete: "off",
        "aria-describedby": `${id}-about`,
        list: this.#hasNames(parameter.kind) ? list : undefined,
      });
      const about = html("span", { id: `${id}-about`, class: "note" }, parameter.about);
      this.#form.append(html("p", {}, html("label", { for: id }, parameter.name), field, about));
      if (this.#hasNames(parameter.kind)) {
        const options = [...this.#things.ofKind(parameter.kind)].map(([, entry]) => html("option", { value: entry.label }));
        this.#form.append(html("datalist", { id: list }, ...options));
      }
    }
    this.#fill();
  }

  /** A value as a reader would write it: a thing by its name, where only one has that name. */
  #said(value: string): string {
    const entry = this.#things.of(value);
    return entry && this.#things.isOnly(entry) ? entry.label : value;
  }

  #hasNames(kind: string): boolean {
    return !["string", "date", "number", "claim"].includes(kind);
  }

  #values(): Record<string, string> {
    return Object.fromEntries([...new FormData(this.#form)].map(([name, value]) => [name, String(value)]));
  }

  /** Write the question into the editor with the values of the form. */
  #fill(): boolean {
    if (!this.#question) {
      return true;
    }
    for (const field of this.#form.querySelectorAll("input")) {
      field.removeAttribute("aria-invalid");
    }
    try {
      this.#made = bound(this.#question, this.#values(), this.#catalogue, this.#things).replace(/^(#\+.*\n)+/, "");
      this.#editor.text = this.#made;
      this.#say("");
      return true;
    } catch (error) {
      if (!(error instanceof BadValue)) {
        throw error;
      }
      this.#editor.text = this.#question.text.replace(/^(#\+.*\n)+/, "");
      this.#made = this.#editor.text;
      this.#form.querySelector(`#ask-p-${error.parameter}`)?.setAttribute("aria-invalid", "true");
      this.#say(error.message, true);
      return false;
    }
  }

  async #ask(): Promise<void> {
    if (this.#question && this.#editor.text === this.#made && !this.#fill()) {
      this.#form.querySelector<HTMLInputElement>("[aria-invalid]")?.focus();
      return;
    }
    const query = this.#editor.text;
    this.#editor.unmark();
    this.#answer.replaceChildren();
    this.#say("Asking …");
    this.#run.disabled = true;
    this.#cancel.hidden = false;
    try {
      const seconds = Math.min(600, Math.max(1, Number(this.#seconds.value) || SECONDS));
      this.#show(await this.#engine.ask(query, { derived: this.#derived.checked, seconds }), query);
      history.replaceState(null, "", location.pathname + this.#link());
    } catch (error) {
      this.#complain(error, query);
    } finally {
      this.#run.disabled = false;
      this.#cancel.hidden = true;
    }
  }

  #show({ answer, milliseconds }: Answered, query: string): void {
    const warnings = doubts(query, this.#catalogue);
    if (answer.kind === "boolean") {
      this.#say(`${answer.value ? "Yes" : "No"} (${took(milliseconds)}).`);
    } else if (answer.kind === "triples") {
      this.#say(`A graph, as Turtle (${took(milliseconds)}).`);
      const keep = html("button", { type: "button" }, "Turtle");
      keep.addEventListener("click", () => save("answer.ttl", "text/turtle", answer.turtle));
      const text = html("pre", { tabindex: 0, class: "turtle" }, answer.turtle.slice(0, 200_000));
      this.#answer.append(html("p", { class: "downloads" }, "Download: ", keep), text);
      if (answer.turtle.length > 200_000) {
        this.#answer.append(html("p", { class: "note" }, "The beginning of it; the download has the whole."));
      }
    } else {
      this.#say(counted(answer, milliseconds));
      this.#showRows(answer);
    }
    if (warnings.length > 0) {
      this.#answer.prepend(
        html("ul", { class: "doubts", "aria-label": "What may be wrong" }, ...warnings.map((one) => html("li", {}, one))),
      );
    }
  }

  #showRows(answer: Rows): void {
    if (answer.rows.length === 0) {
      return;
    }
    const name = this.#question?.name.replace("/", "-") ?? "answer";
    const files: [string, string, string, (rows: Rows) => string][] = [
      ["CSV", `${name}.csv`, "text/csv", csv],
      ["CSV for spreadsheets", `${name}-spreadsheet.csv`, "text/csv", csvForSpreadsheets],
      ["JSON", `${name}.srj`, "application/sparql-results+json", json],
    ];
    const downloads = files.map(([label, file, type, write]) => {
      const button = html("button", { type: "button" }, label);
      button.addEventListener("click", () => save(file, type, write(answer)));
      return button;
    });
    this.#answer.append(html("p", { class: "downloads" }, "Download: ", ...downloads));
    this.#answer.append(table(answer, this.#question?.columns ?? {}, this.#naming));
    for (const picture of [bars(answer, this.#naming), places(answer, this.#naming)]) {
      if (picture) {
        this.#answer.append(picture);
      }
    }
  }

  #complain(error: unknown, query: string): void {
    if (error instanceof Cancelled) {
      this.#say("Cancelled.");
      return;
    }
    const message = error instanceof Error ? error.message : String(error);
    this.#say(message, true);
    if (error instanceof Refused && error.line && error.column) {
      this.#editor.mark(error.line, error.column);
    }
    const warnings = doubts(query, this.#catalogue);
    this.#answer.replaceChildren(html("ul", { class: "doubts" }, ...warnings.map((one) => html("li", {}, one))));
  }

  #say(text: string, wrong = false): void {
    this.#message.textContent = text;
    this.#message.classList.toggle("wrong", wrong);
  }

  #link(): string {
    const question = this.#question;
    const own = this.#editor.text !== this.#made || !question;
    return hashOf({
      ...(question ? { query: question.name } : {}),
      ...(own ? { text: this.#editor.text } : {}),
      values: this.#values(),
      run: true,
    });
  }

  async #copyLink(): Promise<void> {
    history.replaceState(null, "", location.pathname + this.#link());
    try {
      await navigator.clipboard.writeText(location.href);
      this.#say("The link is copied.");
    } catch {
      this.#say("The address of this page is the link now; copy it from there.");
    }
  }

  /** Keep only questions that have the words that are being typed. */
  #filterQuestions(): void {
    const field = byId("ask-find", HTMLInputElement);
    const items = [...document.querySelectorAll<HTMLLIElement>("#ask-questions li")];
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const item of items) {
        const text = item.textContent?.toLowerCase() ?? "";
        item.hidden = !words.every((word) => text.includes(word));
      }
      for (const group of document.querySelectorAll<HTMLElement>("#ask-questions details")) {
        group.hidden = !group.querySelector("li:not([hidden])");
        group.toggleAttribute("open", words.length > 0 && !group.hidden);
      }
    });
  }
}

async function start(): Promise<void> {
  const place = byId("ask", HTMLElement);
  const state = byId("ask-state", HTMLElement);
  try {
    const all = await opened(place.dataset);
    const page = new Page(all, place.dataset["top"] ?? "");
    place.hidden = false;
    window.ccin = { ask: (query, values) => page.answer(query, values) };
    const { quads, milliseconds } = await all.engine.loaded;
    state.textContent = `${quads.toLocaleString("en")} statements, loaded in ${(milliseconds / 1000).toFixed(1)} s. They are in your browser now; nothing you ask leaves it.`;
    await page.start();
  } catch (error) {
    state.textContent = `This page cannot ask: ${error instanceof Error ? error.message : String(error)}`;
    state.classList.add("wrong");
  }
}

void start();
