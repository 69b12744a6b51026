/** What may be wrong with a query: words of ours that do not exist, prefixes that were not declared. */

import { nearest } from "../shared/near";
import type { Catalogue } from "./catalogue";
import { tokens } from "./tokens";

/** Return, in plain words, what is doubtful in a query, in its order. */
export function doubts(query: string, catalogue: Catalogue): string[] {
  const { base, ontology, prefixes, words } = catalogue;
  const known = new Set(words.map((word) => word.iri));
  const terms = words.filter((word) => word.iri.startsWith(ontology)).map((word) => word.iri.slice(ontology.length));
  // Only schemes whose concepts are all known here can miss one.
  const schemes = new Set(
    words.filter((word) => word.kind === "concept").map((word) => word.iri.slice(0, word.iri.lastIndexOf("/") + 1)),
  );
  const declared = new Map<string, string>();
  const found = new Set<string>();

  const line = (at: number): string => `Line ${query.slice(0, at).split("\n").length}`;
  const look = (iri: string, at: number): void => {
    const where = line(at);
    if (iri.startsWith(ontology) && iri !== ontology && !known.has(iri)) {
      const local = iri.slice(ontology.length);
      const near = nearest(local, terms);
      found.add(`${where}: the ontology has no “${local}”.${near ? ` Did you mean ccin:${near}?` : ""}`);
    }
    const scheme = iri.slice(0, iri.lastIndexOf("/") + 1);
    if (iri.startsWith(base) && schemes.has(scheme) && iri !== scheme && !known.has(iri) && !iri.includes("#")) {
      const near = nearest(iri, known);
      found.add(`${where}: there is no concept <${iri}>.${near ? ` Did you mean <${near}>?` : ""}`);
    }
  };

  /** The prefix that is being declared; the next IRI is what it stands for. */
  let prologue: string | undefined;
  for (const { kind, text, at } of tokens(query)) {
    if (kind === "iri") {
      if (prologue !== undefined) {
        declared.set(prologue, text.slice(1, -1));
        prologue = undefined;
      } else {
        look(text.slice(1, -1), at);
      }
    } else if (kind === "name" && !text.startsWith("@")) {
      const [prefix = "", local = ""] = [text.slice(0, text.indexOf(":")), text.slice(text.indexOf(":") + 1)];
      const before = query.slice(0, at).trimEnd();
      if (/(^|\s)prefix$/i.test(before)) {
        prologue = prefix;
      } else if (!declared.has(prefix)) {
        const well = Object.hasOwn(prefixes, prefix) ? prefixes[prefix] : undefined;
        const near = nearest(prefix, [...declared.keys(), ...Object.keys(prefixes)]);
        found.add(
          well
            ? `${line(at)}: the prefix “${prefix}:” is not declared. Write PREFIX ${prefix}: <${well}> at the top.`
            : `${line(at)}: there is no prefix “${prefix}:”.${near ? ` Did you mean ${near}:?` : ""}`,
        );
      } else {
        look(declared.get(prefix) + local.replace(/\\(.)/g, "$1"), at);
      }
    }
  }
  return [...found];
}
