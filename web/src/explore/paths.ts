/** The shortest way from one node to another, and what every step of it rests on. */

import type { Tie, View } from "./view";

/** Return the ties of a shortest path in order, or undefined where there is none; of several, that with the strongest ties first. */
export function shortestPath(view: View, from: string, to: string): Tie[] | undefined {
  if (!view.nodes.has(from) || !view.nodes.has(to)) {
    return undefined;
  }
  const near = new Map<string, [string, Tie][]>();
  const add = (one: string, other: string, tie: Tie): void => {
    const known = near.get(one);
    if (known) {
      known.push([other, tie]);
    } else {
      near.set(one, [[other, tie]]);
    }
  };
  for (const tie of view.ties) {
    add(tie.one, tie.other, tie);
    add(tie.other, tie.one, tie);
  }
  const came = new Map<string, Tie | undefined>([[from, undefined]]);
  let edge = [from];
  while (edge.length > 0 && !came.has(to)) {
    const next: string[] = [];
    for (const id of edge) {
      const steps = near.get(id) ?? [];
      steps.sort(([one, a], [other, b]) => b.weight - a.weight || (one < other ? -1 : 1));
      for (const [other, tie] of steps) {
        if (!came.has(other)) {
          came.set(other, tie);
          next.push(other);
        }
      }
    }
    edge = next;
  }
  if (!came.has(to)) {
    return undefined;
  }
  const path: Tie[] = [];
  for (let id = to; id !== from; ) {
    const tie = came.get(id)!;
    path.unshift(tie);
    id = tie.one === id ? tie.other : tie.one;
  }
  return path;
}

/** Return in how many pieces a view falls, and how many nodes the largest has. */
export function pieces(view: View): { many: number; largest: number } {
  const parent = new Map([...view.nodes.keys()].map((id) => [id, id]));
  const root = (id: string): string => {
    let top = id;
    while (parent.get(top) !== top) {
      const above = parent.get(top)!;
      parent.set(top, parent.get(above)!);
      top = above;
    }
    return top;
  };
  for (const { one, other } of view.ties) {
    parent.set(root(one), root(other));
  }
  const sizes = new Map<string, number>();
  for (const id of view.nodes.keys()) {
    sizes.set(root(id), (sizes.get(root(id)) ?? 0) + 1);
  }
  return { many: sizes.size, largest: Math.max(0, ...sizes.values()) };
}
