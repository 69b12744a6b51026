import { describe, expect, it } from "vitest";
import type { Entry } from "../src/search/finding";
import { nearest } from "../src/shared/near";
import { BadValue, bound } from "../src/ask/binding";
import { type Catalogue, type Question, Things } from "../src/ask/catalogue";
import { csv, csvForSpreadsheets, json } from "../src/ask/downloads";
import { isGzip } from "../src/ask/dump";
import { doubts } from "../src/ask/hints";
import type { Rows } from "../src/ask/messages";
import { hashOf, stateOf, stateOfForm } from "../src/ask/sharing";
import { iri, literal, numberOf, shortened } from "../src/ask/terms";
import { formOf, misread, refusal, replaceVariables, tokens } from "../src/ask/tokens";

const BASE = "https://w3id.org/ccin/id/";
const CCIN = "https://w3id.org/ccin/def#";

const entry = (path: string, label: string, names = ""): Entry => ({ path: `id/${path}.html`, label, names, kind: "", note: "" });
const things = new Things(BASE, [
  entry("organisation/oldham", "Oldham Council", "Oldham Metropolitan · Oldham MBC"),
  entry("organisation/preston", "Preston City Council"),
  entry("organisation/hull", "Hull"),
  entry("organisation/hull-council", "Hull"),
]);
const catalogue: Catalogue = {
  base: BASE,
  ontology: CCIN,
  prefixes: { ccin: CCIN, skos: "http://www.w3.org/2004/02/skos/core#" },
  questions: [],
  words: [
    { iri: `${CCIN}Council`, label: "Council", about: "", kind: "class" },
    { iri: `${CCIN}partner`, label: "partner", about: "", kind: "property" },
    { iri: `${BASE}role/lead`, label: "lead", about: "", kind: "concept" },
  ],
};

describe("tokens", () => {
  it("joined are the query, whatever it holds", () => {
    for (const query of ["", "SELECT ?a {?a ?b 'c' # ?d\n}", '"""a "b" \\""" <x> <', "?é $ü @en ex:a\\,b '''", "\u{1f600}?x", "'\n"]) {
      expect([...tokens(query)].map((token) => token.text).join("")).toBe(query);
    }
  });
  it("replace variables only where they are variables", () => {
    const query = 'ASK { ?_x ?p "?_x" . <a?_x> ?p ?_xy } # ?_x';
    expect(replaceVariables(query, new Map([["_x", "<y>"]]))).toBe('ASK { <y> ?p "?_x" . <a?_x> ?p ?_xy } # ?_x');
  });
  it("tell what is asked for", () => {
    expect(formOf("# SELECT\nPREFIX a: <ASK> construct {} WHERE {}")).toBe("CONSTRUCT");
    expect(formOf("PREFIX select: <a> ASK {}")).toBe("ASK");
    expect(formOf("nothing")).toBeUndefined();
  });
  it("refuse what leaves the browser or breaks the engine", () => {
    expect(refusal("SELECT * { ?s ?p 'SERVICE' }")).toBeUndefined();
    expect(refusal("SELECT * { SERVICE <http://e.org/> {} }")).toContain("SERVICE");
    expect(refusal("(".repeat(201))).toContain("nested");
    expect(refusal("!".repeat(1001))).toContain("operators");
  });
});

describe("calculations that the engine gets wrong", () => {
  it.each(["(5 - 3 - 1 AS ?x)", "(?a - ?b + 1 AS ?x)", "BIND (?a / 2 * 4 AS ?x)", "FILTER (?a - 2 * ?b + ?c > 0)", "((?a + 1) - ?b - (?c))"])(
    "%s is found",
    (text) => expect(misread(text)).toBeGreaterThan(0),
  );
  it.each([
    "(?a + 1 - ?b AS ?x)",
    "(?a - (?b + 1))",
    "((?a - ?b) + 1)",
    "(?a - 1 > ?b - 1)",
    "?s ccin:a/ccin:b*/ccin:c ?o",
    "?s (ccin:a|^ccin:b)+/rdfs:label ?o . ?o a/rdfs:subClassOf* ?c",
    "(SUM(?a) - 1 AS ?x) (SUM(?b) - 1 AS ?y)",
    "LIMIT 5 # 1 - 1 - 1",
    "('1 - 1 - 1')",
    "(?a / 2 - ?b / 2)",
    "FILTER (?a = -1 && ?b = -1)",
  ])("%s is not", (text) => expect(misread(text)).toBeUndefined());
});

describe("terms", () => {
  it("are written so that nothing of them is syntax", () => {
    expect(literal('a"} DROP\n\\')).toBe('"a\\"} DROP\\n\\\\"');
    expect(literal("2021-08-21", "date")).toBe('"2021-08-21"^^<http://www.w3.org/2001/XMLSchema#date>');
    expect(() => iri("http://e.org/a> ?b")).toThrow("no IRI");
    expect(iri("http://e.org/a")).toBe("<http://e.org/a>");
  });
  it("are shortened and counted", () => {
    expect(shortened(`${CCIN}Council`, catalogue.prefixes)).toBe("ccin:Council");
    expect(shortened("http://e.org/a", catalogue.prefixes)).toBe("http://e.org/a");
    expect(numberOf({ type: "literal", value: "3", datatype: "http://www.w3.org/2001/XMLSchema#integer" })).toBe(3);
    expect(numberOf({ type: "literal", value: "3" })).toBeUndefined();
  });
});

describe("values", () => {
  const question = (kind: string): Question => ({
    name: "a/b",
    summary: "",
    question: "",
    columns: {},
    path: "",
    text: "ASK { ?s ?p ?_v_x }",
    parameters: [{ name: "v", variable: "_v_x", kind, about: "what it is", default: "" }],
  });
  const put = (kind: string, v: string): string => bound(question(kind), { v }, catalogue, things);

  it("are found by slug, id, IRI and name", () => {
    for (const value of ["oldham", "organisation/oldham", `${BASE}organisation/oldham`, "oldham council", "Oldham MBC"]) {
      expect(put("organisation", value)).toBe(`ASK { ?s ?p <${BASE}organisation/oldham> }`);
    }
  });
  it("of the wrong kind are refused with what is near", () => {
    expect(() => put("organisation", "Oldhma Council")).toThrow("Did you mean Oldham Council?");
    expect(() => put("organisation", "hull")).not.toThrow();
    expect(() => put("organisation", "HULL")).toThrow("hull, hull-council");
    expect(() => put("date", "2021-02-30")).toThrow("no date");
    expect(() => put("number", "1e")).toThrow("no number");
    expect(() => put("string", " ")).toThrow("a value is needed");
    expect(() => put("organisation", `${BASE}organisation/x> ?y`)).toThrow(BadValue);
  });
  it("stay values", () => {
    expect(put("string", '" } ; DROP ALL #')).toBe('ASK { ?s ?p "\\" } ; DROP ALL #" }');
  });
});

describe("doubts", () => {
  const said = (query: string): string => doubts(query, catalogue).join("\n");
  it("name the nearest term", () => {
    expect(said(`PREFIX ccin: <${CCIN}>\nSELECT * { ?s a ccin:Counci }`)).toBe("Line 2: the ontology has no “Counci”. Did you mean ccin:Council?");
    expect(said(`ASK { ?s ?p <${BASE}role/laed> }`)).toContain(`<${BASE}role/lead>`);
  });
  it("name a prefix that is missing or unknown", () => {
    expect(said("ASK { ?s skos:prefLabel ?o }")).toContain("PREFIX skos: <http://www.w3.org/2004/02/skos/core#>");
    expect(said("ASK { ?s skso:prefLabel ?o }")).toContain("Did you mean skos:?");
  });
  it("are silent where nothing is wrong", () => {
    expect(said(`PREFIX ccin: <${CCIN}> ASK { ?s a ccin:Council ; ccin:partner "ccin:Nothing"@en }`)).toBe("");
  });
  it("find the nearest in steps", () => {
    expect(nearest("Concil", ["Council", "partner"])).toBe("Council");
    expect(nearest("xyz", ["Council"])).toBeUndefined();
  });
});

describe("downloads", () => {
  const rows: Rows = {
    kind: "rows",
    variables: ["a", "b"],
    rows: [
      [{ type: "literal", value: '=1+"x",\n' }, null],
      [{ type: "uri", value: "http://e.org/" }, { type: "literal", value: "-3.5" }],
    ],
  };
  it("are exact for machines", () => {
    expect(csv(rows)).toBe('a,b\r\n"=1+""x"",\n",\r\nhttp://e.org/,-3.5\r\n');
    expect(JSON.parse(json(rows)).results.bindings[0]).toEqual({ a: { type: "literal", value: '=1+"x",\n' } });
  });
  it("are harmless for spreadsheets", () => {
    expect(csvForSpreadsheets(rows)).toBe('a,b\r\n"\'=1+""x"",\n",\r\nhttp://e.org/,-3.5\r\n');
  });
  it("know gzip by its first bytes", () => {
    expect(isGzip(new Uint8Array([0x1f, 0x8b, 8]))).toBe(true);
    expect(isGzip(new TextEncoder().encode("<a>"))).toBe(false);
  });
});

describe("links", () => {
  it("hold the state", () => {
    const state = { query: "a/b", values: { council: "Oldham & co" }, text: "ASK {}", run: true };
    expect(stateOf(hashOf(state))).toEqual(state);
    expect(stateOfForm("?query=a%2Fb&council=oldham")).toEqual({ query: "a/b", values: { council: "oldham" }, run: true });
    expect(stateOfForm("")).toEqual({ values: {}, run: false });
    expect(stateOf("")).toEqual({ values: {}, run: false });
  });
});
