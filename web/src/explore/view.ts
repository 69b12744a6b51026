/** What is shown of the network: the claims that pass the filters, and what they make. */

import type { Named, Network, Place } from "./data";

export type Mode = "partners" | "pairs" | "columns";
export const MODES: readonly Mode[] = ["partners", "pairs", "columns"];

/** What is let through; an empty list lets everything through. */
export interface Filters {
  mode: Mode;
  from: number;
  to: number;
  publications: number[];
  kinds: string[];
  regions: string[];
  roles: number[];
  themes: number[];
  principles: number[];
  communities: number[];
  /** Only roles that are a share in the work. */
  working: boolean;
  /** The network's own body takes part as well. */
  body: boolean;
  validated: boolean;
  /** Nodes with fewer ties are left out. */
  least: number;
  /** Only what is within a step of this node. */
  ego: string;
}

export interface Node {
  /** IRI. */
  id: string;
  label: string;
  kind: string;
  path: string;
  region: string;
  community: number;
  at: Place;
  /** Number of neighbours. */
  ties: number;
}

export interface Tie {
  one: string;
  other: string;
  weight: number;
  /** Numbers of the claims it rests on. */
  claims: number[];
}

export interface View {
  nodes: Map<string, Node>;
  ties: Tie[];
}

/** Return filters that let everything through. */
export function open(network: Network): Filters {
  const years = network.publications.map((one) => one.year);
  return {
    mode: "partners",
    from: Math.min(...years, 9999),
    to: Math.max(...years, 0),
    publications: [],
    kinds: [],
    regions: [],
    roles: [],
    themes: [],
    principles: [],
    communities: [],
    working: true,
    body: true,
    validated: false,
    least: 0,
    ego: "",
  };
}

function claimsOf(network: Network, filters: Filters): number[] {
  const { from, to, working, body } = filters;
  const any = <T>(wanted: readonly T[], has: (one: T) => boolean): boolean => wanted.length === 0 || wanted.some(has);
  const kept: number[] = [];
  network.claims.forEach(([body_, project_, role_, publication_], number) => {
    const organisation = network.organisations[body_]!;
    const project = network.projects[project_]!;
    const { year } = network.publications[publication_]!;
    if (
      year >= from &&
      year <= to &&
      (!working || network.roles[role_]!.working) &&
      (body || organisation.kind !== "network") &&
      any(filters.publications, (one) => one === publication_) &&
      any(filters.kinds, (one) => one === organisation.kind) &&
      any(filters.regions, (one) => one === organisation.region) &&
      any(filters.roles, (one) => one === role_) &&
      any(filters.themes, (one) => project.themes.includes(one)) &&
      any(filters.principles, (one) => project.principles.includes(one)) &&
      any(filters.communities, (one) => one === organisation.community)
    ) {
      kept.push(number);
    }
  });
  return kept;
}

class Ties {
  readonly #found = new Map<string, Tie & { projects: Set<number> }>();

  add(one: string, other: string, project: number, ...claims: number[]): void {
    const [first, second] = one < other ? [one, other] : [other, one];
    const key = `${first} ${second}`;
    let tie = this.#found.get(key);
    if (!tie) {
      tie = { one: first, other: second, weight: 0, claims: [], projects: new Set() };
      this.#found.set(key, tie);
    }
    tie.projects.add(project);
    tie.weight = tie.projects.size;
    for (const claim of claims) {
      if (!tie.claims.includes(claim)) {
        tie.claims.push(claim);
      }
    }
  }

  all(): Tie[] {
    return [...this.#found.values()]
      .map(({ one, other, weight, claims }) => ({ one, other, weight, claims }))
      .sort((a, b) => (a.one < b.one ? -1 : a.one > b.one ? 1 : a.other < b.other ? -1 : 1));
  }
}

function shared(network: Network, claims: readonly number[]): Tie[] {
  const byProject = new Map<number, Map<number, number[]>>();
  for (const claim of claims) {
    const [body, project] = network.claims[claim]!;
    const bodies = byProject.get(project) ?? new Map<number, number[]>();
    byProject.set(project, bodies.set(body, [...(bodies.get(body) ?? []), claim]));
  }
  const ties = new Ties();
  for (const [project, bodies] of byProject) {
    const all = [...bodies];
    all.forEach(([one, some], place) => {
      for (const [other, more] of all.slice(place + 1)) {
        ties.add(network.organisations[one]!.iri, network.organisations[other]!.iri, project, ...some, ...more);
      }
    });
  }
  return ties.all();
}

function pairs(network: Network, claims: readonly number[]): Tie[] {
  const ties = new Ties();
  for (const claim of claims) {
    const [body, project] = network.claims[claim]!;
    ties.add(network.organisations[body]!.iri, network.projects[project]!.iri, project, claim);
  }
  return ties.all();
}

/** Return what the filters let through. */
export function viewOf(network: Network, filters: Filters): View {
  const claims = claimsOf(network, filters);
  const partners = filters.mode === "partners";
  let ties = partners ? shared(network, claims) : pairs(network, claims);
  if (partners && filters.validated && network.validated) {
    const iri = (number: number): string => network.organisations[number]!.iri;
    const valid = new Set(network.validated.map(([one, other]) => [iri(one), iri(other)].sort().join(" ")));
    ties = ties.filter((tie) => valid.has(`${tie.one} ${tie.other}`));
  }
  const nodes = new Map<string, Node>();
  const add = (one: Named & { at: Place }, kind: string, region: string, community: number): void => {
    const { iri: id, label, path, at } = one;
    nodes.set(id, { id, label, kind, path, region, community, at, ties: 0 });
  };
  const numbers = (part: 0 | 1): number[] => [...new Set(claims.map((claim) => network.claims[claim]![part]))].sort((a, b) => a - b);
  for (const one of numbers(0).map((number) => network.organisations[number]!)) {
    add(one, one.kind, one.region, one.community);
  }
  if (!partners) {
    for (const one of numbers(1).map((number) => network.projects[number]!)) {
      add(one, "project", "", 0);
    }
  }
  let view = counted({ nodes, ties });
  if (filters.least > 0) {
    view = among(view, (node) => node.ties >= filters.least);
  }
  if (filters.ego && view.nodes.has(filters.ego)) {
    const near = new Set([filters.ego, ...view.ties.flatMap((tie) => neighbour(tie, filters.ego) ?? [])]);
    view = among(view, (node) => near.has(node.id));
  }
  if (filters.mode === "columns") {
    inColumns(view);
  }
  return view;
}

/** Return the other end of a tie, if a node is one end. */
export function neighbour(tie: Tie, id: string): string | undefined {
  return tie.one === id ? tie.other : tie.other === id ? tie.one : undefined;
}

function counted(view: View): View {
  for (const tie of view.ties) {
    view.nodes.get(tie.one)!.ties += 1;
    view.nodes.get(tie.other)!.ties += 1;
  }
  return view;
}

function among(view: View, wanted: (node: Node) => boolean): View {
  const nodes = new Map([...view.nodes].filter(([, node]) => wanted(node)).map(([id, node]) => [id, { ...node, ties: 0 }]));
  return counted({ nodes, ties: view.ties.filter((tie) => nodes.has(tie.one) && nodes.has(tie.other)) });
}

/** Organisations left, projects right; each side ordered by the middle of what it is tied to, so that few ties cross. */
function inColumns(view: View): void {
  const sides = [true, false].map((isProject) =>
    [...view.nodes.values()].filter((node) => (node.kind === "project") === isProject),
  );
  const [projects, bodies] = [sides[0]!, sides[1]!];
  bodies.sort((one, other) => other.ties - one.ties || (one.label < other.label ? -1 : 1));
  const near = new Map<string, string[]>();
  for (const { one, other } of view.ties) {
    near.set(one, [...(near.get(one) ?? []), other]);
    near.set(other, [...(near.get(other) ?? []), one]);
  }
  const height = new Map<string, number>();
  const spread = (side: Node[]): void => side.forEach((node, place) => height.set(node.id, (place + 0.5) / side.length));
  const settle = (side: Node[]): void => {
    const middle = new Map(
      side.map((node) => {
        const heights = (near.get(node.id) ?? []).map((id) => height.get(id) ?? 0);
        return [node.id, heights.reduce((sum, one) => sum + one, 0) / (heights.length || 1)];
      }),
    );
    side.sort((one, other) => middle.get(one.id)! - middle.get(other.id)! || (one.id < other.id ? -1 : 1));
    spread(side);
  };
  spread(bodies);
  for (let round = 0; round < 4; round++) {
    settle(projects);
    settle(bodies);
  }
  settle(projects);
  const tall = Math.max(projects.length, bodies.length, 1);
  for (const node of bodies) {
    node.at = [0, -height.get(node.id)! * tall];
  }
  for (const node of projects) {
    node.at = [tall * 0.8, -height.get(node.id)! * tall];
  }
}

/** Return the least number of ties at which no more than so many nodes are shown. */
export function leastFor(view: View, most: number): number {
  const ties = [...view.nodes.values()].map((node) => node.ties).sort((one, other) => other - one);
  return ties.length <= most ? 0 : ties[most]! + 1;
}
