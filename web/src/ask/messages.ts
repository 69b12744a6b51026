/** What the page and the worker say to each other. */

import type { Term } from "./terms";

export type Request =
  | { do: "load"; dump: string }
  | { do: "query"; id: number; query: string; derived: boolean; most: number };

export interface Rows {
  kind: "rows";
  variables: string[];
  /** A row for each solution, a cell for each variable; null where it is unbound. */
  rows: (Term | null)[][];
}

export interface Yes {
  kind: "boolean";
  value: boolean;
}

export interface Triples {
  kind: "triples";
  turtle: string;
}

export type Answer = Rows | Yes | Triples;

export type Reply =
  | { said: "loaded"; quads: number; milliseconds: number }
  | { said: "cannot load"; why: string }
  | { said: "answer"; id: number; answer: Answer; milliseconds: number }
  | { said: "error"; id: number; why: string; line?: number; column?: number }
  /** The engine cannot be used any more. */
  | { said: "broken"; id: number; why: string };
