/** The text beside the picture: what is chosen, how two are connected, and the table that says all that the picture shows. */

import { html } from "../shared/dom";
import type { Network } from "./data";
import { type Node, type Tie, type View, neighbour } from "./view";

const PAGE = 50;

export interface Acts {
  /** The way to the top of the site. */
  top: string;
  choose(id: string): void;
}

/** Return what a tie rests on: for each project, who took part as what, and where that stands. */
export function evidence(network: Network, tie: Tie, acts: Acts): HTMLElement {
  const byProject = new Map<number, number[]>();
  for (const claim of tie.claims) {
    const project = network.claims[claim]![1];
    byProject.set(project, [...(byProject.get(project) ?? []), claim]);
  }
  return html(
    "ul",
    { class: "evidence" },
    ...[...byProject].map(([number, claims]) => {
      const project = network.projects[number]!;
      return html(
        "li",
        {},
        html("a", { href: acts.top + project.path }, project.label),
        html(
          "ul",
          {},
          ...claims.map((claim) => {
            const [body, , role, publication, page, lines] = network.claims[claim]!;
            const source = network.publications[publication]!;
            const where = lines ? `${source.label}, ${lines}` : source.label;
            return html(
              "li",
              {},
              `${network.organisations[body]!.label} as ${network.roles[role]!.label}: `,
              page ? html("a", { href: acts.top + page }, where) : where,
            );
          }),
        ),
      );
    }),
  );
}

function button(node: Node, acts: Acts): HTMLButtonElement {
  const made = html("button", { type: "button", class: "choose" }, node.label);
  made.addEventListener("click", () => acts.choose(node.id));
  return made;
}

/** Return all that the view says of one node. */
export function details(network: Network, view: View, node: Node, acts: Acts, alone: (id: string) => void): HTMLElement {
  const ties = view.ties.filter((tie) => tie.one === node.id || tie.other === node.id);
  ties.sort((one, other) => other.weight - one.weight || (neighbour(one, node.id)! < neighbour(other, node.id)! ? -1 : 1));
  const only = html("button", { type: "button" }, "Show only this and its neighbours");
  only.addEventListener("click", () => alone(node.id));
  const close = html("button", { type: "button" }, "Close");
  close.addEventListener("click", () => acts.choose(""));
  const about = [node.kind.replace("-", " "), node.region, `${ties.length} ${ties.length === 1 ? "tie" : "ties"} shown`];
  return html(
    "section",
    { "aria-labelledby": "explore-chosen" },
    html("h2", { id: "explore-chosen", tabindex: -1 }, html("a", { href: acts.top + node.path }, node.label)),
    html("p", {}, about.filter(Boolean).join(" · ")),
    html("p", { class: "tools" }, only, close),
    html(
      "ul",
      { class: "ties" },
      ...ties.map((tie) => {
        const other = view.nodes.get(neighbour(tie, node.id)!)!;
        return html(
          "li",
          {},
          button(other, acts),
          html("details", {}, html("summary", {}, tie.weight === 1 ? "why" : `why (${tie.weight} projects)`), evidence(network, tie, acts)),
        );
      }),
    ),
  );
}

/** Return a path as steps, each with what it rests on. */
export function steps(network: Network, view: View, from: string, path: readonly Tie[], acts: Acts): HTMLElement {
  let at = from;
  const items = path.map((tie) => {
    const [one, other] = [at, neighbour(tie, at)!];
    at = other;
    return html(
      "li",
      {},
      html("p", {}, button(view.nodes.get(one)!, acts), " and ", button(view.nodes.get(other)!, acts)),
      evidence(network, tie, acts),
    );
  });
  return html("ol", { class: "steps" }, ...items);
}

/** Return the table of nodes, a page at a time. */
export function nodeTable(view: View, acts: Acts): HTMLElement {
  const nodes = [...view.nodes.values()].sort((one, other) => other.ties - one.ties || (one.label < other.label ? -1 : 1));
  const row = (node: Node): (HTMLElement | string)[] => [button(node, acts), node.kind.replace("-", " "), node.region, String(node.ties)];
  return paged(["Name", "Kind", "Region", "Ties"], nodes, row, "Nodes");
}

/** Return the table of ties, a page at a time. */
export function tieTable(view: View, acts: Acts): HTMLElement {
  const ties = [...view.ties].sort((one, other) => other.weight - one.weight);
  const name = (id: string): HTMLElement => button(view.nodes.get(id)!, acts);
  return paged(["One", "Other", "Projects"], ties, (tie) => [name(tie.one), name(tie.other), String(tie.weight)], "Ties");
}

function paged<T>(head: string[], rows: readonly T[], cells: (row: T) => (HTMLElement | string)[], name: string): HTMLElement {
  const body = html("tbody");
  const table = html(
    "table",
    {},
    html("caption", {}, `${name}: ${rows.length.toLocaleString("en")}`),
    html("thead", {}, html("tr", {}, ...head.map((one) => html("th", { scope: "col" }, one)))),
    body,
  );
  let shown = 0;
  const more = html("button", { type: "button" }, `More of the ${name.toLowerCase()}`);
  const show = (): void => {
    body.append(
      ...rows.slice(shown, shown + PAGE).map((row) =>
        html("tr", {}, ...cells(row).map((cell, column) => (column === 0 ? html("th", { scope: "row" }, cell) : html("td", {}, cell)))),
      ),
    );
    shown = Math.min(rows.length, shown + PAGE);
    more.hidden = shown >= rows.length;
  };
  more.addEventListener("click", () => {
    const first = shown;
    show();
    body.rows[first]?.querySelector<HTMLElement>("button, a")?.focus();
  });
  show();
  return html("div", {}, html("div", { class: "scroll" }, table), more);
}
