/** What is shown, in the address of the page. */

import type { Network } from "./data";
import { type Filters, MODES, type Mode, open } from "./view";

export interface State {
  filters: Filters;
  /** IRI of the node whose details are open. */
  chosen: string;
  /** Ends of a path. */
  path: [string, string] | null;
}

const NUMBERS = ["publications", "roles", "themes", "principles", "communities"] as const;
const TEXTS = ["kinds", "regions"] as const;
const YES = ["working", "body", "validated"] as const;

/** Write what differs from everything. */
export function hashOf({ filters, chosen, path }: State, network: Network): string {
  const all = open(network);
  const written = new URLSearchParams();
  for (const key of [...NUMBERS, ...TEXTS]) {
    if (filters[key].length > 0) {
      written.set(key, filters[key].join("~"));
    }
  }
  for (const key of YES) {
    if (filters[key] !== all[key]) {
      written.set(key, filters[key] ? "yes" : "no");
    }
  }
  for (const key of ["mode", "from", "to", "least", "ego"] as const) {
    if (filters[key] !== all[key]) {
      written.set(key, String(filters[key]));
    }
  }
  if (chosen) {
    written.set("chosen", chosen);
  }
  if (path) {
    written.set("path", path.join(" "));
  }
  return `#${written}`;
}

/** Read it; what is not understood is left as it is. */
export function stateOf(hash: string, network: Network): State {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const filters = open(network);
  const parts = (key: string): string[] => given.get(key)?.split("~").filter(Boolean) ?? [];
  for (const key of NUMBERS) {
    filters[key] = parts(key).map(Number).filter((number) => Number.isInteger(number) && number >= 0);
  }
  for (const key of TEXTS) {
    filters[key] = parts(key);
  }
  for (const key of YES) {
    const value = given.get(key);
    filters[key] = value === "yes" || (value === "no" ? false : filters[key]);
  }
  const mode = given.get("mode") as Mode | null;
  if (mode && MODES.includes(mode)) {
    filters.mode = mode;
  }
  for (const key of ["from", "to", "least"] as const) {
    const number = Number(given.get(key) ?? Number.NaN);
    if (Number.isInteger(number) && number >= 0) {
      filters[key] = number;
    }
  }
  filters.ego = given.get("ego") ?? "";
  const ends = given.get("path")?.split(" ") ?? [];
  return { filters, chosen: given.get("chosen") ?? "", path: ends.length === 2 ? [ends[0]!, ends[1]!] : null };
}
