/** The questions of the query packs, the vocabulary and the names of things: what the site publishes for this page. */

import { type Entry, folded, namesOf } from "../search/finding";
import type { Prefixes } from "./terms";

/** A value that a question asks for. */
export interface Parameter {
  name: string;
  /** As the query writes it, without its sign. */
  variable: string;
  /** `string`, `date`, `number`, `claim`, or the kind of thing it names. */
  kind: string;
  about: string;
  /** Taken where nothing is given; empty if something must be. */
  default: string;
}

export interface Question {
  /** Pack and name. */
  name: string;
  summary: string;
  question: string;
  parameters: Parameter[];
  columns: Record<string, string>;
  text: string;
  /** Path of its page, from the top of the site. */
  path: string;
}

/** A class, property or concept of ours. */
export interface Word {
  iri: string;
  label: string;
  about: string;
  kind: "class" | "property" | "concept";
}

/** Made by `ccin_graph.publish.ask_data`. */
export interface Catalogue {
  base: string;
  ontology: string;
  prefixes: Prefixes;
  questions: Question[];
  words: Word[];
}

/** Things by IRI and by name, from the list that the search page uses too. */
export class Things {
  readonly #base: string;
  readonly #byIri = new Map<string, Entry>();
  /** How many things have a name. */
  readonly #many = new Map<string, number>();

  constructor(base: string, entries: readonly Entry[]) {
    this.#base = base;
    for (const entry of entries) {
      const iri = this.iriOf(entry);
      if (iri) {
        this.#byIri.set(iri, entry);
        for (const name of new Set(namesOf(entry).map(folded))) {
          this.#many.set(name, (this.#many.get(name) ?? 0) + 1);
        }
      }
    }
  }

  /** The IRI of a thing, from the path of its page. */
  iriOf(entry: Entry): string | undefined {
    const path = /^id\/(.+)\.html$/.exec(entry.path)?.[1];
    return path === undefined ? undefined : this.#base + decodeURI(path);
  }

  of(iri: string): Entry | undefined {
    return this.#byIri.get(iri);
  }

  /** Whether no other thing has this one's name. */
  isOnly(entry: Entry): boolean {
    return this.#many.get(folded(entry.label)) === 1;
  }

  /** All things of a kind: of those whose IRIs begin so. */
  *ofKind(kind: string): Generator<[string, Entry]> {
    const start = `${this.#base}${kind}/`;
    for (const [iri, entry] of this.#byIri) {
      if (iri.startsWith(start)) {
        yield [iri, entry];
      }
    }
  }
}
