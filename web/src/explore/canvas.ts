/** The picture: sigma on WebGL, in the colours of the page. */

import type Graph from "graphology";
import Sigma from "sigma";
import { graphOf } from "./exports";
import type { Colours } from "./scene";
import type { View } from "./view";

/** Whether this browser can draw with WebGL. */
export function hasWebGL(): boolean {
  try {
    return document.createElement("canvas").getContext("webgl2") !== null;
  } catch {
    return false;
  }
}

/** Return the colours of the page as they are now. */
export function coloursOf(element: HTMLElement): Colours {
  const style = getComputedStyle(element);
  const colour = (name: string, otherwise: string): string => style.getPropertyValue(name).trim() || otherwise;
  return {
    of: (kind) => colour(`--kind-${kind}`, colour("--kind-other", "#767676")),
    ink: colour("--explore-ink", "#1c1c1c"),
    line: colour("--explore-line", "#9a9a9a"),
    paper: colour("--explore-paper", "#ffffff"),
  };
}

export class Picture {
  readonly #place: HTMLElement;
  readonly #sigma: Sigma;
  #graph: Graph;
  #line = "";
  #chosen = "";
  #near = new Set<string>();
  #path = new Set<string>();

  constructor(place: HTMLElement, choose: (id: string) => void) {
    this.#place = place;
    this.#graph = graphOf({ nodes: new Map(), ties: [] });
    this.#sigma = new Sigma(this.#graph, place, {
      allowInvalidContainer: true,
      labelRenderedSizeThreshold: 7,
      labelDensity: 0.8,
      labelFont: "system-ui, sans-serif",
      labelSize: 13,
      minCameraRatio: 0.02,
      maxCameraRatio: 4,
      defaultEdgeType: "line",
    });
    this.#sigma.on("clickNode", ({ node }) => choose(node));
    this.#sigma.on("clickStage", () => choose(""));
    this.#sigma.on("enterNode", () => place.classList.add("over"));
    this.#sigma.on("leaveNode", () => place.classList.remove("over"));
    place.addEventListener("keydown", (event) => this.#key(event));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.recolour());
    new MutationObserver(() => this.recolour()).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    this.recolour();
  }

  /** Show another view. */
  show(view: View): void {
    this.#graph = graphOf(view);
    this.#sigma.setGraph(this.#graph);
    this.recolour();
  }

  /** Bring a node and its neighbours forward; an empty text lets all stand alike. */
  choose(id: string, path: Iterable<string> = []): void {
    this.#chosen = this.#graph.hasNode(id) ? id : "";
    this.#near = new Set(this.#chosen ? this.#graph.neighbors(this.#chosen) : []);
    this.#path = new Set(path);
    // Where all stand alike, nothing is asked of each of thousands.
    const some = this.#chosen !== "" || this.#path.size > 0;
    this.#sigma.setSetting("nodeReducer", some ? (node, data) => this.#node(node, data) : null);
    this.#sigma.setSetting("edgeReducer", some ? (edge, data) => this.#edge(edge, data) : null);
    this.#sigma.refresh({ skipIndexation: true });
  }

  /** Take the colours of the page anew. */
  recolour(): void {
    const colours = coloursOf(this.#place);
    this.#line = colours.line;
    const kinds = new Map<string, string>();
    const of = (kind: string): string => {
      const known = kinds.get(kind) ?? colours.of(kind);
      kinds.set(kind, known);
      return known;
    };
    this.#sigma.setSetting("labelColor", { color: colours.ink });
    this.#sigma.setSetting("defaultEdgeColor", colours.line);
    this.#graph.updateEachNodeAttributes((_, data) => ({ ...data, color: of(data["kind"] as string) }));
    this.#sigma.refresh();
  }

  zoom(by: number): void {
    const camera = this.#sigma.getCamera();
    void camera.animate({ ratio: camera.getBoundedRatio(camera.ratio / by) }, { duration: this.#pace() });
  }

  reset(): void {
    void this.#sigma.getCamera().animate({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }, { duration: this.#pace() });
  }

  /** Draw once and return how long that took, in milliseconds of this thread. */
  timed(): number {
    const start = performance.now();
    this.#sigma.refresh();
    return performance.now() - start;
  }

  #pace(): number {
    return matchMedia("(prefers-reduced-motion: reduce)").matches ? 1 : 200;
  }

  #key(event: KeyboardEvent): void {
    const camera = this.#sigma.getCamera();
    const step = 0.1 * camera.ratio;
    const moves: Record<string, () => void> = {
      ArrowLeft: () => camera.setState({ x: camera.x - step }),
      ArrowRight: () => camera.setState({ x: camera.x + step }),
      ArrowUp: () => camera.setState({ y: camera.y + step }),
      ArrowDown: () => camera.setState({ y: camera.y - step }),
      "+": () => this.zoom(1.5),
      "-": () => this.zoom(1 / 1.5),
      "0": () => this.reset(),
    };
    const move = moves[event.key];
    if (move) {
      event.preventDefault();
      move();
    }
  }

  #node(id: string, data: object): object {
    if (this.#path.size > 0) {
      return this.#path.has(id) ? { ...data, forceLabel: true, zIndex: 1 } : { ...data, color: this.#faint(), label: null };
    }
    if (!this.#chosen) {
      return data;
    }
    if (id === this.#chosen) {
      return { ...data, highlighted: false, forceLabel: true, zIndex: 2 };
    }
    return this.#near.has(id) ? { ...data, forceLabel: this.#near.size < 25, zIndex: 1 } : { ...data, color: this.#faint(), label: null };
  }

  #edge(edge: string, data: object): object {
    const [one, other] = this.#graph.extremities(edge);
    const shown = this.#path.size > 0 ? this.#path.has(one) && this.#path.has(other) : !this.#chosen || one === this.#chosen || other === this.#chosen;
    return shown ? data : { ...data, hidden: true };
  }

  #faint(): string {
    return this.#line;
  }
}
