/** Oxigraph on the published dump, beside the page, so that a long question does not freeze it. */

import init, { Store } from "oxigraph/web.js";
import wasm from "oxigraph/web_bg.wasm?url";
import { dumpAt } from "./dump";
import type { Answer, Reply, Request } from "./messages";
import type { Term } from "./terms";
import { formOf } from "./tokens";

const UNION = { use_default_graph_as_union: true };
const DERIVED = /\/graph\/derived$/;

let store: Store | undefined;

function say(reply: Reply): void {
  postMessage(reply);
}

async function load(dump: string): Promise<void> {
  const start = performance.now();
  try {
    const [bytes] = await Promise.all([dumpAt(dump), init({ module_or_path: wasm })]);
    const filled = new Store();
    filled.load(bytes, { format: "application/n-quads", no_transaction: true, lenient: true });
    store = filled;
    say({ said: "loaded", quads: filled.size, milliseconds: performance.now() - start });
  } catch (error) {
    say({ said: "cannot load", why: error instanceof Error ? error.message : String(error) });
  }
}

/** Return the options that leave derived statements out. */
function asserted(of: Store): object {
  const names = of.query("SELECT DISTINCT ?g { GRAPH ?g {} }") as Map<string, never>[];
  const graphs = names.map((row) => row.get("g")!).filter((graph: { value: string }) => !DERIVED.test(graph.value));
  return { default_graph: graphs, named_graphs: graphs };
}

interface Json {
  head: { vars: string[] };
  results: { bindings: Record<string, Term>[] };
}

function answer(of: Store, query: string, derived: boolean, most: number): Answer {
  const options = derived ? UNION : asserted(of);
  switch (formOf(query)) {
    case "ASK":
      return { kind: "boolean", value: of.query(query, options) as boolean };
    case "CONSTRUCT":
    case "DESCRIBE":
      return { kind: "triples", turtle: of.query(query, { ...options, results_format: "text/turtle" }) as string };
    default: {
      // As text and read at once: one by one, terms take ten times as long to cross into JavaScript.
      const json = JSON.parse(of.query(query, { ...options, results_format: "json" }) as string) as Json;
      const { vars } = json.head;
      const { bindings } = json.results;
      if (bindings.length > most) {
        const many = bindings.length.toLocaleString("en");
        throw new Error(`The answer has ${many} rows, more than a page can hold. Add a LIMIT.`);
      }
      return { kind: "rows", variables: vars, rows: bindings.map((row) => vars.map((name) => row[name] ?? null)) };
    }
  }
}

function ask(request: Request & { do: "query" }): void {
  const { id, query, derived, most } = request;
  if (!store) {
    say({ said: "error", id, why: "The dataset is not loaded yet." });
    return;
  }
  const start = performance.now();
  try {
    const found = answer(store, query, derived, most);
    say({ said: "answer", id, answer: found, milliseconds: performance.now() - start });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    // After a failure of the machine itself its memory is in disorder: every later answer would be a lie or a failure.
    if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) {
      store = undefined;
      say({ said: "broken", id, why });
      return;
    }
    say({ said: "error", id, ...complaint(why) });
  }
}

/** Say in words what the parser says in the grammar's own. */
function complaint(why: string): { why: string; line?: number; column?: number } {
  const place = /error at (\d+):(\d+): expected (?:one of )?([^]*)/.exec(why);
  if (!place) {
    return { why };
  }
  const [line, column] = [Number(place[1]), Number(place[2])];
  const expected = [...place[3]!.matchAll(/"([^"]+)"/g)].map((one) => one[1]!);
  const said = place[3]!.includes("Prefix not found")
    ? "a prefix that is not declared"
    : expected.length > 0 && expected.length < 12
      ? `expected ${expected.join(" or ")}`
      : "the query cannot be read from here on";
  return { why: `Line ${line}, column ${column}: ${said}.`, line, column };
}

addEventListener("message", (event: MessageEvent<Request>) => {
  const request = event.data;
  if (request.do === "load") {
    void load(request.dump);
  } else {
    ask(request);
  }
});
