/** Finding things by name: whole words, beginnings and words with a slip of the finger. */

import MiniSearch from "minisearch";

/** A thing that can be found; made by `ccin_graph.publish.search_index`. */
export interface Entry {
  /** Path of its page, from the top of the site. */
  path: string;
  label: string;
  /** Its other names, with “ · ” between them. */
  names: string;
  /** What it is, in a word or two. */
  kind: string;
  /** One line that tells it from others of its name. */
  note: string;
}

declare global {
  interface Window {
    /** Assigned by assets/search-index.js. */
    CCIN_SEARCH?: Entry[];
  }
}

/** Return all the names of a thing, its label first. */
export function namesOf(entry: Entry): string[] {
  return [entry.label, ...entry.names.split(" · ").filter(Boolean)];
}

export interface Found extends Entry {
  score: number;
}

/** Return text without accents, in small letters, for comparing. */
export function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase()
    .replace(/[’']/g, "");
}

/** What is wholly called so comes before what only begins so; its label counts more than its other names. */
function likeness(entry: Entry, whole: string): number {
  const place = namesOf(entry).findIndex((name) => folded(name) === whole);
  return place === 0 ? 10 : place > 0 ? 5 : 1;
}

export class Finder {
  readonly #index: MiniSearch<Entry & { id: number }>;
  readonly #entries: readonly Entry[];

  constructor(entries: readonly Entry[]) {
    this.#entries = entries;
    this.#index = new MiniSearch({
      fields: ["label", "names", "note"],
      tokenize: (text) => folded(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean),
      processTerm: (term) => term,
      searchOptions: {
        boost: { label: 4, names: 2 },
        combineWith: "AND",
        prefix: true,
        // Two letters that changed places are two slips.
        fuzzy: (term) => (term.length > 5 ? 2 : term.length > 3 ? 1 : 0),
      },
    });
    this.#index.addAll(entries.map((entry, id) => ({ ...entry, id })));
  }

  /** Return what is found, best first; of one kind only where a kind is given. */
  find(text: string, kind = ""): Found[] {
    const whole = folded(text.trim());
    if (whole === "") {
      return [];
    }
    return this.#index
      .search(text)
      .map((hit) => ({ ...this.#entry(hit.id as number), score: hit.score }))
      .filter((found) => kind === "" || found.kind === kind)
      .map((found) => ({ ...found, score: found.score * likeness(found, whole) }))
      .sort((one, other) => other.score - one.score || (one.label < other.label ? -1 : 1));
  }

  /** Return the kinds among the entries, in order. */
  kinds(): string[] {
    return [...new Set(this.#entries.map((entry) => entry.kind))].sort();
  }

  #entry(id: number): Entry {
    const entry = this.#entries[id];
    if (!entry) {
      throw new Error(`no entry ${id}`);
    }
    return entry;
  }
}
