/** The state of the page in its address, so that a link opens the same question. */

export interface State {
  /** Name of a question of the packs. */
  query?: string;
  /** Its values. */
  values: Record<string, string>;
  /** The text, where it is not a question's own. */
  text?: string;
  /** Whether it is asked at once. */
  run: boolean;
}

/** Read the part of an address behind the `#`. */
export function stateOf(hash: string): State {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const values: Record<string, string> = {};
  for (const [name, value] of given) {
    if (name.startsWith("p.")) {
      values[name.slice(2)] = value;
    }
  }
  const query = given.get("query");
  const text = given.get("text");
  return {
    ...(query ? { query } : {}),
    ...(text ? { text } : {}),
    values,
    run: given.has("run"),
  };
}

/** Read what the form of a question's own page sends: its name, and its values by their names. */
export function stateOfForm(search: string): State {
  const { query, ...values } = Object.fromEntries(new URLSearchParams(search));
  return { ...(query ? { query } : {}), values, run: query !== undefined };
}

/** Write it. */
export function hashOf({ query, values, text, run }: State): string {
  const written = new URLSearchParams();
  if (query) {
    written.set("query", query);
  }
  for (const [name, value] of Object.entries(values)) {
    if (value) {
      written.set(`p.${name}`, value);
    }
  }
  if (text) {
    written.set("text", text);
  }
  if (run) {
    written.set("run", "1");
  }
  return `#${written}`;
}
