/** What is shown, for other programs: GEXF and CSV. */

import Graph from "graphology";
import { write } from "graphology-gexf";
import { csvOf } from "../shared/csv";
import { radiusOf } from "./scene";
import type { View } from "./view";

/** Return a view as a graph of graphology. */
export function graphOf(view: View): Graph {
  const graph = new Graph({ type: "undirected", multi: false });
  for (const { id, label, kind, region, community, at, ties } of view.nodes.values()) {
    graph.addNode(id, { label, kind, region, community, x: at[0], y: at[1], size: radiusOf(ties) });
  }
  for (const { one, other, weight } of view.ties) {
    graph.addEdge(one, other, { weight, size: 0.6 + 0.6 * Math.sqrt(weight) });
  }
  return graph;
}

/** Return a view as GEXF, for Gephi and networkx. */
export function gexf(view: View): string {
  return write(graphOf(view), {
    version: "1.2",
    formatNode: (_, { label, kind, region, community, x, y }) => ({
      label,
      attributes: { kind, region, community },
      viz: { x, y },
    }),
    formatEdge: (_, { weight }) => ({ weight }),
  });
}

/** Return the ties of a view as CSV. */
export function csv(view: View): string {
  const label = (id: string): string => view.nodes.get(id)!.label;
  const rows = view.ties.map(({ one, other, weight }) => [one, other, weight, label(one), label(other)]);
  return csvOf([["source", "target", "weight", "source_label", "target_label"], ...rows]);
}
