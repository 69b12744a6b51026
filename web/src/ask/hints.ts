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
  const declared: Record<string, string> = {};
  const found = new Set<string>();

  const look = (iri: string, at: number): void => {
    const where = `Line ${query.slice(0, at).split("\n").length}`;
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

  let prologue = "";
  for (const { kind, text, at } of tokens(query)) {
    if (kind === "iri") {
      if (prologue) {
        declared[prologue] = text.slice(1, -1);
        prologue = "";
      } else {
        look(text.slice(1, -1), at);
      }
    } else if (kind === "name" && !text.startsWith("@")) {
      const [prefix = "", local = ""] = [text.slice(0, text.indexOf(":")), text.slice(text.indexOf(":") + 1)];
      const before = query.slice(0, at).trimEnd();
      if (/(^|\s)prefix$/i.test(before)) {
        prologue = `${prefix}:`;
      } else if (declared[`${prefix}:`] === undefined) {
        const well = prefixes[prefix];
        const near = well ? prefix : nearest(prefix, [...Object.keys(declared).map((one) => one.slice(0, -1)), ...Object.keys(prefixes)]);
        const where = `Line ${query.slice(0, at).split("\n").length}`;
        found.add(
          well
            ? `${where}: the prefix “${prefix}:” is not declared. Write PREFIX ${prefix}: <${well}> at the top.`
            : `${where}: there is no prefix “${prefix}:”.${near ? ` Did you mean ${near}:?` : ""}`,
        );
      } else {
        look(declared[`${prefix}:`] + local.replace(/\\(.)/g, "$1"), at);
      }
    }
  }
  return [...found];
}
