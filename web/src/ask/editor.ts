/** The editor: Yasqe, with completers of our own and nothing that leaves the site. */

import { Yasqe } from "@zazuko/yasqe";
import "@zazuko/yasqe/build/yasqe.min.css";
import "./ask.css";
import { folded } from "../search/finding";
import type { Catalogue, Things } from "./catalogue";
import { shortened } from "./terms";

export interface Editor {
  text: string;
  focus(): void;
  /** Show a place, counted from 1. */
  mark(line: number, column: number): void;
  unmark(): void;
  onChange(heard: () => void): void;
  /** Measure anew, after the page came into sight. */
  refresh(): void;
}

const MOST = 40;

/** Put an editor into the place of a text area. */
export function editorIn(
  place: HTMLElement,
  area: HTMLTextAreaElement,
  catalogue: Catalogue,
  things: Things,
  ask: () => void,
): Editor {
  const label = area.getAttribute("aria-label") ?? "Query";
  Yasqe.defaults.autocompleters = [];
  const yasqe = new Yasqe(place, {
    value: area.value,
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    autocompleters: [],
    prefixCcApi: null,
    syntaxErrorCheck: true,
    // As high as its text: what scrolls by itself is hard to reach with the keyboard.
    editorHeight: "auto",
    viewportMargin: Number.POSITIVE_INFINITY,
    lineNumbers: true,
    lineWrapping: true,
    screenReaderLabel: label,
    // Tab leaves the editor, as everywhere on a page.
    extraKeys: { Tab: false, "Shift-Tab": false, "Ctrl-Enter": ask, "Cmd-Enter": ask, "Ctrl-Space": () => complete() },
  } as never);
  area.hidden = true;

  /** What the reader may be writing: a name with a prefix, or the name of a thing. */
  const complete = (): void => {
    const cursor = yasqe.getDoc().getCursor();
    const before = yasqe.getDoc().getLine(cursor.line).slice(0, cursor.ch);
    const begun = /[^\s{}()[\];.,^|/<>"']*$/.exec(before)?.[0] ?? "";
    const from = { line: cursor.line, ch: cursor.ch - begun.length };
    const list = suggestions(begun, catalogue, things).map(({ text, label: displayText }) => ({ text, displayText }));
    (yasqe as unknown as { showHint(options: object): void }).showHint({
      completeSingle: false,
      hint: () => ({ list, from, to: cursor }),
    });
  };

  let marker: { clear(): void } | undefined;
  return {
    get text() {
      return yasqe.getValue();
    },
    set text(value: string) {
      yasqe.setValue(value);
    },
    focus: () => yasqe.focus(),
    mark(line, column) {
      marker?.clear();
      const at = { line: line - 1, ch: Math.max(0, column - 1) };
      marker = yasqe.getDoc().markText(at, { line: at.line, ch: at.ch + 1 }, { className: "fault" });
      yasqe.getDoc().setCursor(at);
    },
    unmark() {
      marker?.clear();
    },
    refresh: () => yasqe.refresh(),
    onChange(heard) {
      (yasqe as unknown as { on(name: "change", heard: () => void): void }).on("change", heard);
    },
  };
}

/** Return what a begun word may become: terms of the vocabulary by prefixed name or label, things by name. */
export function suggestions(begun: string, catalogue: Catalogue, things: Things): { text: string; label: string }[] {
  const small = folded(begun);
  const found: { text: string; label: string; first: boolean }[] = [];
  for (const word of catalogue.words) {
    const name = shortened(word.iri, catalogue.prefixes);
    const text = name === word.iri ? `<${word.iri}>` : name;
    if (folded(name).includes(small) || folded(word.label).includes(small)) {
      found.push({ text, label: `${name} (${word.label})`, first: folded(name).startsWith(small) });
    }
  }
  if (small.length > 2 && !begun.includes(":")) {
    for (const kind of ["organisation", "project", "person", "publication", "event", "output"]) {
      for (const [iri, entry] of things.ofKind(kind)) {
        if (folded(`${entry.label} ${entry.names}`).includes(small)) {
          found.push({ text: `<${iri}>`, label: `${entry.label} (${kind})`, first: false });
        }
      }
    }
  }
  return found.sort((one, other) => Number(other.first) - Number(one.first)).slice(0, MOST);
}
