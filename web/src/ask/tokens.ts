/**
 * The little that must be known of a query's text before an engine sees it: its tokens.
 *
 * As in `ccin_graph.sparql`: strings, IRIs and comments are recognised, so that a variable, a keyword or a bracket
 * inside them is not taken for one.
 */

/** An engine written in a recursive style fails on queries nested some hundreds deep. */
export const MAX_NESTING = 200;
/** … and on chains of operators, of which no question needs as many. */
export const MAX_OPERATORS = 1000;

export type Kind =
  | "comment"
  | "iri"
  | "string"
  | "variable"
  | "number"
  | "name"
  | "word"
  | "open"
  | "close"
  | "other";

export interface Token {
  kind: Kind;
  text: string;
  /** Where it begins. */
  at: number;
}

const PARTS: [Kind, string][] = [
  ["comment", String.raw`#[^\n\r]*`],
  ["iri", String.raw`<[^<>"{}|^\x60\\\x00-\x20]*>`],
  [
    "string",
    String.raw`"""(?:[^"\\]|\\[^]|"(?!""))*(?:"""|$(?![^]))|'''(?:[^'\\]|\\[^]|'(?!''))*(?:'''|$(?![^]))|"(?:[^"\\\n\r]|\\[^])*"?|'(?:[^'\\\n\r]|\\[^])*'?`,
  ],
  ["variable", String.raw`[?$][\p{L}\p{N}_]+`],
  ["number", String.raw`\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`],
  [
    "name",
    String.raw`[\p{L}\p{N}_-]+:(?:(?:[\p{L}\p{N}_:]|%[0-9A-Fa-f]{2}|\\[^])(?:[\p{L}\p{N}_:.-]|%[0-9A-Fa-f]{2}|\\[^])*)?|:[\p{L}\p{N}_:]*|@[A-Za-z-]+`,
  ],
  ["word", String.raw`[\p{L}\p{N}_-]+`],
  ["open", String.raw`[({\[]`],
  ["close", String.raw`[)}\]]`],
  ["other", String.raw`[^]`],
];
const TOKEN = new RegExp(PARTS.map(([kind, part]) => `(?<${kind}>${part})`).join("|"), "gu");

/** Split a query into tokens; joined, their texts are the query. */
export function* tokens(query: string): Generator<Token> {
  for (const match of query.matchAll(TOKEN)) {
    const groups = match.groups ?? {};
    const kind = PARTS.find(([name]) => groups[name] !== undefined)?.[0] ?? "other";
    yield { kind, text: match[0], at: match.index };
  }
}

/** Replace variables of a query by terms; the name comes without its sign. */
export function replaceVariables(query: string, terms: ReadonlyMap<string, string>): string {
  let whole = "";
  for (const { kind, text } of tokens(query)) {
    whole += (kind === "variable" ? terms.get(text.slice(1)) : undefined) ?? text;
  }
  return whole;
}

/** Return what a query asks for, or undefined if that cannot be seen. */
export function formOf(query: string): "SELECT" | "ASK" | "CONSTRUCT" | "DESCRIBE" | undefined {
  for (const { kind, text } of tokens(query)) {
    const word = kind === "word" ? text.toUpperCase() : "";
    if (word === "SELECT" || word === "ASK" || word === "CONSTRUCT" || word === "DESCRIBE") {
      return word;
    }
  }
  return undefined;
}

const SUM = "+-";
const PRODUCT = "*/";
/** What an arithmetic operator may stand behind; behind anything else it is a sign or a part of a path. */
const OPERANDS: ReadonlySet<Kind> = new Set(["variable", "number", "string", "close"]);

/**
 * Find a calculation that Oxigraph in the browser gets wrong: it reads `5 - 3 - 1` as `5 - (3 - 1)`, and `8 / 2 * 4` as
 * `8 / (2 * 4)`. Returns the place of the second operator.
 */
export function misread(query: string): number | undefined {
  interface Level {
    minus: boolean;
    over: boolean;
  }
  const levels: Level[] = [{ minus: false, over: false }];
  let before: Kind = "other";
  let path = false;
  for (const token of tokens(query)) {
    const { at } = token;
    if (token.kind === "comment" || (token.kind === "other" && /^\s$/.test(token.text))) {
      continue;
    }
    // A minus sign may stand in a name, so alone or before digits it is a word to the tokens.
    const minus: boolean = token.kind === "word" && /^-\d*$/.test(token.text) && OPERANDS.has(before);
    const kind: Kind = minus ? "other" : token.kind;
    const text = minus ? "-" : token.text;
    const level = levels.at(-1)!;
    if (kind === "open") {
      levels.push({ minus: false, over: false });
    } else if (kind === "close") {
      if (levels.length > 1) {
        levels.pop();
      }
    } else if (kind === "other" && (SUM + PRODUCT).includes(text)) {
      if (OPERANDS.has(before) && !path) {
        if (SUM.includes(text)) {
          if (level.minus) {
            return at;
          }
          level.minus = text === "-";
          level.over = false;
        } else {
          if (level.over) {
            return at;
          }
          level.over = text === "/";
        }
      }
    } else if (kind === "other" || kind === "word") {
      level.minus = level.over = false;
    }
    // A name or an IRI is a step of a path; what is reckoned with is a variable, a number or a bracket.
    path = kind === "name" || kind === "iri" || (path && kind === "other" && !/[.;,{}]/.test(text));
    before = minus && token.text !== "-" ? "number" : kind;
  }
  return undefined;
}

/** Say why a query is not given to the engine, or nothing if it may be. */
export function refusal(query: string): string | undefined {
  let depth = 0;
  let operators = 0;
  for (const { kind, text } of tokens(query)) {
    operators += (kind === "other" && "!+-*/|^&=<>".includes(text)) || text.toUpperCase() === "UNION" ? 1 : 0;
    if (operators > MAX_OPERATORS) {
      return `The query has more than ${MAX_OPERATORS} operators. Write it shorter.`;
    }
    if (kind === "open") {
      depth += 1;
      if (depth > MAX_NESTING) {
        return `The query is nested more than ${MAX_NESTING} deep. Write it flatter.`;
      }
    } else if (kind === "close") {
      depth -= 1;
    } else if (kind === "iri" && text.split("(").length > MAX_NESTING) {
      return "The query is nested too deep, or has an IRI of brackets. Write it flatter.";
    } else if (kind === "word" && text.toUpperCase().includes("SERVICE")) {
      return "The query asks another service (SERVICE). Nothing is fetched here; leave SERVICE out.";
    }
  }
  const place = misread(query);
  if (place !== undefined) {
    const line = query.slice(0, place).split("\n").length;
    return `Line ${line}: this engine reads a - b - c as a - (b - c), and a / b * c as a / (b * c). Put the brackets that you mean.`;
  }
  return undefined;
}
