/** The search page: `<form id="search">` with `q` and `kind`, answers in `#results`, their number in `#found`. */

import { html } from "../shared/dom";
import { type Entry, Finder, type Found } from "./finding";

const PAGE = 50;

function row(found: Found, top: string): HTMLLIElement {
  const link = html("a", { href: top + found.path }, found.label);
  const note = found.note ? [html("p", { class: "note" }, found.note)] : [];
  return html("li", {}, link, " ", html("span", { class: "kind" }, found.kind), ...note);
}

function start(form: HTMLFormElement, results: HTMLElement, count: HTMLElement, entries: Entry[]): void {
  const field = form.elements.namedItem("q");
  const kinds = form.elements.namedItem("kind");
  if (!(field instanceof HTMLInputElement) || !(kinds instanceof HTMLSelectElement)) {
    return;
  }
  const finder = new Finder(entries);
  for (const kind of finder.kinds()) {
    kinds.append(new Option(kind, kind));
  }
  const top = form.dataset["top"] ?? "";
  let shown = PAGE;

  const show = (): void => {
    const text = field.value;
    const found = finder.find(text, kinds.value);
    results.replaceChildren(html("ol", { class: "results" }, ...found.slice(0, shown).map((one) => row(one, top))));
    if (found.length > shown) {
      const more = html("button", { type: "button" }, `Show ${Math.min(PAGE, found.length - shown)} more`);
      more.addEventListener("click", () => {
        const first = shown;
        shown += PAGE;
        show();
        results.querySelectorAll<HTMLAnchorElement>("li a")[first]?.focus();
      });
      results.append(more);
    }
    count.textContent =
      text.trim() === "" ? "" : found.length === 0 ? `Nothing found for “${text}”.` : `${found.length} found.`;
  };

  const address = new URLSearchParams(location.search);
  field.value = address.get("q") ?? "";
  kinds.value = address.get("kind") ?? "";
  if (kinds.selectedIndex < 0) {
    kinds.selectedIndex = 0;
  }
  const renew = (): void => {
    shown = PAGE;
    show();
    const now = new URLSearchParams();
    if (field.value) {
      now.set("q", field.value);
    }
    if (kinds.value) {
      now.set("kind", kinds.value);
    }
    const query = now.toString();
    try {
      history.replaceState(null, "", query ? `?${query}` : location.pathname);
    } catch {
      // From file:// some browsers refuse; the answer stands all the same.
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    renew();
    results.querySelector<HTMLAnchorElement>("a")?.focus();
  });
  field.addEventListener("input", renew);
  kinds.addEventListener("change", renew);
  show();
}

const form = document.querySelector<HTMLFormElement>("form#search");
const results = document.getElementById("results");
const count = document.getElementById("found");
if (form && results && count && window.CCIN_SEARCH) {
  form.hidden = false;
  start(form, results, count, window.CCIN_SEARCH);
}
