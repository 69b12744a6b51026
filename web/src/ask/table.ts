/** The rows of an answer, a page at a time: the time to show it does not grow with their number. */

import { html } from "../shared/dom";
import type { Things } from "./catalogue";
import type { Rows } from "./messages";
import { type Prefixes, type Term, numberOf, shortened } from "./terms";

const PAGE = 100;

export interface Naming {
  things: Things;
  prefixes: Prefixes;
  /** The way to the top of the site. */
  top: string;
}

/** Return a cell's content: things by their names, with links to their pages. */
export function shown(term: Term | null | undefined, naming: Naming): Node | string {
  if (!term) {
    return "";
  }
  if (term.type === "uri") {
    const [thing = "", fragment] = term.value.split("#");
    const entry = naming.things.of(thing);
    const label = entry && !fragment ? entry.label : shortened(term.value, naming.prefixes);
    if (entry) {
      const href = naming.top + entry.path + (fragment ? `#${encodeURI(fragment)}` : "");
      return html("a", { href, title: term.value }, label);
    }
    return /^https?:/.test(term.value)
      ? html("a", { href: term.value, rel: "external noreferrer", title: term.value }, label)
      : label;
  }
  if (term.type === "literal") {
    return numberOf(term) === undefined || term.value.length < 4
      ? term.value
      : term.value.replace(/^([+-]?)(\d+)(?=$|\.)/, (_, sign: string, digits: string) => sign + Number(digits).toLocaleString("en"));
  }
  return term.type === "bnode" ? `_:${term.value}` : JSON.stringify(term.value);
}

/** Say how many rows an answer has, and how long it took. */
export function counted({ rows }: Rows, milliseconds: number): string {
  const many = rows.length;
  return `${many.toLocaleString("en")} ${many === 1 ? "row" : "rows"} (${took(milliseconds)}).`;
}

/** A time in milliseconds, at least one. */
export function took(milliseconds: number): string {
  return `${Math.max(1, Math.round(milliseconds)).toLocaleString("en")} ms`;
}

/** Return a table of an answer, with buttons to turn its pages. */
export function table(answer: Rows, meanings: Readonly<Record<string, string>>, naming: Naming): HTMLElement {
  const { variables, rows } = answer;
  const numeric = variables.map((_, place) => rows.slice(0, PAGE).some((row) => numberOf(row[place] ?? undefined) !== undefined));
  const body = html("tbody");
  const head = html(
    "tr",
    {},
    ...variables.map((name, place) =>
      html("th", { scope: "col", title: meanings[name], class: numeric[place] && "number" }, name),
    ),
  );
  const grid = html("table", { class: "answer" }, html("thead", {}, head), body);
  const scroll = html("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Rows of the answer" }, grid);
  const place = html("span", { role: "status" });
  const back = html("button", { type: "button" }, "Previous");
  const on = html("button", { type: "button" }, "Next");
  let first = 0;

  const show = (): void => {
    const part = rows.slice(first, first + PAGE);
    body.replaceChildren(
      ...part.map((row) =>
        html("tr", {}, ...row.map((cell, column) => html("td", { class: numeric[column] && "number" }, shown(cell, naming)))),
      ),
    );
    place.textContent = `Rows ${(first + 1).toLocaleString("en")} to ${(first + part.length).toLocaleString("en")} of ${rows.length.toLocaleString("en")}`;
    back.disabled = first === 0;
    on.disabled = first + PAGE >= rows.length;
  };
  const turn = (by: number): void => {
    first = Math.max(0, first + by);
    show();
    scroll.scrollTop = 0;
  };
  back.addEventListener("click", () => turn(-PAGE));
  on.addEventListener("click", () => turn(PAGE));
  show();
  const whole = html("div", { class: "rows" }, scroll);
  if (rows.length > PAGE) {
    whole.append(html("div", { class: "pages", role: "group", "aria-label": "Pages of the answer" }, back, place, on));
  }
  return whole;
}
