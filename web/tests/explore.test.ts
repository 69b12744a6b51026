import { describe, expect, it } from "vitest";
import type { Network } from "../src/explore/data";
import { csv, gexf, graphOf } from "../src/explore/exports";
import { placed } from "../src/explore/labels";
import { pieces, shortestPath } from "../src/explore/paths";
import { svgOf } from "../src/explore/scene";
import { hashOf, stateOf } from "../src/explore/state";
import { leastFor, open, viewOf } from "../src/explore/view";

const body = (name: string, kind: string, community = 1): Network["organisations"][number] => ({
  iri: `http://e.org/${name}`,
  label: name,
  path: `${name}.html`,
  kind,
  region: kind === "council" ? "North West" : "",
  community,
  at: [name.length, 0],
});
const project = (name: string, themes: number[]): Network["projects"][number] => ({
  iri: `http://e.org/p/${name}`,
  label: name,
  path: `${name}.html`,
  themes,
  principles: [],
  at: [0, name.length],
});
// a and b share food and homes, b and c share care, d is alone in art; the network only signs food.
const network: Network = {
  organisations: [body("a", "council"), body("bb", "affiliate"), body("ccc", "council", 2), body("dddd", "other", 0), body("net", "network")],
  projects: [project("food", [0]), project("homes", [1]), project("care", []), project("art", [])],
  publications: [
    { iri: "http://e.org/2018", label: "2018", path: "", year: 2018 },
    { iri: "http://e.org/2021", label: "2021", path: "", year: 2021 },
  ],
  roles: [
    { label: "lead", working: true },
    { label: "signatory", working: false },
  ],
  themes: [
    { iri: "", label: "food", path: "" },
    { iri: "", label: "housing", path: "" },
  ],
  principles: [],
  claims: [
    [0, 0, 0, 0, "x.html#1", "line 1"],
    [1, 0, 0, 0, "x.html#2", "line 2"],
    [4, 0, 1, 0, "x.html#3", "line 3"],
    [0, 1, 0, 1, "y.html#1", ""],
    [1, 1, 0, 1, "y.html#2", ""],
    [1, 2, 0, 1, "y.html#3", ""],
    [2, 2, 0, 1, "y.html#4", ""],
    [3, 3, 0, 1, "y.html#5", ""],
  ],
  validated: [[0, 1]],
};
const id = (name: string): string => `http://e.org/${name}`;
const pairsOf = (change: Partial<ReturnType<typeof open>>): string[] =>
  viewOf(network, { ...open(network), ...change }).ties.map((tie) => `${tie.one.slice(13)} ${tie.other.slice(13)} ${tie.weight}`);

describe("views", () => {
  it("count shared projects", () => {
    expect(pairsOf({})).toEqual(["a bb 2", "bb ccc 1"]);
  });
  it("keep to years, roles, kinds, themes, communities", () => {
    expect(pairsOf({ to: 2018 })).toEqual(["a bb 1"]);
    expect(pairsOf({ working: false })).toContain("a net 1");
    expect(pairsOf({ working: false, body: false })).not.toContain("a net 1");
    expect(pairsOf({ kinds: ["council"] })).toEqual([]);
    expect(pairsOf({ themes: [1] })).toEqual(["a bb 1"]);
    expect(pairsOf({ communities: [1] })).toEqual(["a bb 2"]);
    expect(pairsOf({ publications: [1] })).toEqual(["a bb 1", "bb ccc 1"]);
    expect(pairsOf({ validated: true })).toEqual(["a bb 2"]);
  });
  it("leave out the badly connected, and all but one and its neighbours", () => {
    expect(pairsOf({ least: 2 })).toEqual([]);
    expect([...viewOf(network, { ...open(network), ego: id("ccc") }).nodes.keys()]).toEqual([id("bb"), id("ccc")]);
  });
  it("have projects beside organisations", () => {
    const view = viewOf(network, { ...open(network), mode: "columns" });
    expect(view.nodes.size).toBe(8);
    expect(view.ties.length).toBe(7);
    expect(view.nodes.get(id("a"))!.at[0]).toBeLessThan(view.nodes.get(id("p/food"))!.at[0]);
  });
  it("find how many ties keep a view small", () => {
    const view = viewOf(network, open(network));
    expect(leastFor(view, 9)).toBe(0);
    expect(viewOf(network, { ...open(network), least: leastFor(view, 1) }).nodes.size).toBeLessThanOrEqual(1);
  });
});

describe("paths", () => {
  const view = viewOf(network, open(network));
  it("are the shortest, with what they rest on", () => {
    const path = shortestPath(view, id("a"), id("ccc"))!;
    expect(path.map((tie) => tie.claims)).toEqual([
      [0, 1, 3, 4],
      [5, 6],
    ]);
    expect(shortestPath(view, id("a"), id("a"))).toEqual([]);
  });
  it("may not be there", () => {
    expect(shortestPath(view, id("a"), id("dddd"))).toBeUndefined();
    expect(shortestPath(view, id("a"), "http://e.org/nobody")).toBeUndefined();
    expect(pieces(view)).toEqual({ many: 2, largest: 3 });
  });
});

describe("files", () => {
  const view = viewOf(network, open(network));
  it("hold what is shown", () => {
    expect(graphOf(view).order).toBe(4);
    expect(csv(view)).toBe(
      "source,target,weight,source_label,target_label\r\nhttp://e.org/a,http://e.org/bb,2,a,bb\r\nhttp://e.org/bb,http://e.org/ccc,1,bb,ccc\r\n",
    );
    expect(gexf(view)).toContain("weight=\"2\"");
  });
  it("escape what is text", () => {
    const hostile = { ...network, organisations: network.organisations.map((one) => ({ ...one, label: `</title><script>"${one.label}"&` })) };
    const drawn = svgOf(viewOf(hostile, open(hostile)), { of: () => "#000", ink: "#000", line: "#000", paper: "#fff" }, "<b>");
    expect(drawn).not.toMatch(/<script|<b>/);
  });
});

describe("links", () => {
  it("hold the state", () => {
    const state = stateOf("", network);
    Object.assign(state.filters, { mode: "pairs", from: 2019, kinds: ["council"], roles: [0], themes: [0, 1], working: false, least: 2, ego: id("a") });
    state.chosen = id("bb");
    state.path = [id("a"), id("ccc")];
    expect(stateOf(hashOf(state, network), network)).toEqual(state);
  });
  it("do not mind nonsense", () => {
    expect(stateOf("#mode=cube&from=x&roles=a~-1&path=1", network)).toEqual(stateOf("", network));
  });
});

describe("names beside nodes", () => {
  const label = (text: string, x: number, y: number, weight: number) => ({ text, x, y, radius: 5, weight });
  const lengthOf = (text: string): number => 10 * text.length;
  const shown = (...labels: ReturnType<typeof label>[]): string[] => placed(labels, 200, 16, lengthOf).map(({ text, left }) => `${text} ${left}`);
  it("stand right of their node", () => {
    expect(shown(label("one", 20, 20, 1))).toEqual(["one 28"]);
  });
  it("stand left of it at the edge of the picture", () => {
    expect(shown(label("one", 190, 20, 1))).toEqual(["one 152"]);
  });
  it("never lie over one another: the heavier keeps its place", () => {
    expect(shown(label("light", 60, 20, 1), label("heavy", 70, 25, 2))).toEqual(["heavy 78", "light 2"]);
    expect(shown(label("light", 40, 20, 1), label("heavy", 70, 25, 2))).toEqual(["heavy 78"]);
    expect(shown(label("light", 40, 20, 1), label("heavy", 70, 36, 2))).toEqual(["heavy 78", "light 48"]);
  });
  it("are left out where the picture is too narrow", () => {
    expect(shown(label("as long as the picture", 100, 20, 1))).toEqual([]);
  });
});
