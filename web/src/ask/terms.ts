/** RDF terms, as they are sent, written into a query and shown. */

export type Term =
  | { type: "uri"; value: string }
  | { type: "bnode"; value: string }
  | { type: "literal"; value: string; "xml:lang"?: string; datatype?: string }
  | { type: "triple"; value: { subject: Term; predicate: Term; object: Term } };

export type Prefixes = Readonly<Record<string, string>>;

const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(["integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger"]);

/** Write an IRI into a query; refuse what is none. */
export function iri(value: string): string {
  // Control characters are what may not stand in an IRI.
  if (!/^[a-z][a-z0-9+.-]*:[^<>"{}|^`\\\x00-\x20]*$/i.test(value)) {
    throw new Error(`“${value}” is no IRI.`);
  }
  return `<${value}>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  '"': '\\"',
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\b": "\\b",
  "\f": "\\f",
};

/** Write a literal into a query. */
export function literal(value: string, datatype = ""): string {
  const written = value.replace(/[\\"\n\r\t\b\f]/g, (sign) => ESCAPES[sign] ?? sign);
  return `"${written}"${datatype ? `^^<${XSD}${datatype}>` : ""}`;
}

/** Return an IRI with a prefix, where one fits. */
export function shortened(value: string, prefixes: Prefixes): string {
  for (const [prefix, namespace] of Object.entries(prefixes)) {
    if (value.startsWith(namespace)) {
      const local = value.slice(namespace.length);
      if (local && !/[/#]/.test(local)) {
        return `${prefix}:${local}`;
      }
    }
  }
  return value;
}

/** Return the number that a term stands for, or undefined. */
export function numberOf(term: Term | undefined): number | undefined {
  if (term?.type !== "literal" || !term.datatype?.startsWith(XSD)) {
    return undefined;
  }
  const number = NUMBERS.has(term.datatype.slice(XSD.length)) ? Number(term.value) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** Return the bare text of a term, as in CSV results. */
export function text(term: Term | undefined): string {
  if (term === undefined) {
    return "";
  }
  if (term.type === "triple") {
    const { subject, predicate, object } = term.value;
    return `<< ${text(subject)} ${text(predicate)} ${text(object)} >>`;
  }
  return term.type === "bnode" ? `_:${term.value}` : term.value;
}
