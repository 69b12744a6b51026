/** The picture: sigma on WebGL, in the colours of the page. */

import type Graph from "graphology";
import Sigma from "sigma";
import { graphOf } from "./exports";
import { type Label, placed } from "./labels";
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

const FONT = "system-ui, sans-serif";
const SIZE = 13;

export class Picture {
  readonly #place: HTMLElement;
  readonly #sigma: Sigma;
  #graph: Graph;
  #colours: Colours;
  /** Names that may be drawn in this frame. */
  #labels: Label[] = [];
  /** How long they are, in pixels. */
  readonly #lengths = new Map<string, number>();
  #chosen = "";
  #near = new Set<string>();
  #path = new Set<string>();

  constructor(place: HTMLElement, choose: (id: string) => void) {
    this.#place = place;
    this.#graph = graphOf({ nodes: new Map(), ties: [] });
    this.#colours = coloursOf(place);
    this.#sigma = new Sigma(this.#graph, place, {
      allowInvalidContainer: true,
      labelRenderedSizeThreshold: 7,
      // Many are offered; of those that would lie over one another, the largest nodes' are drawn.
      labelDensity: 2,
      labelFont: FONT,
      labelSize: SIZE,
      defaultDrawNodeLabel: (_, { key, label, x, y, size }) => {
        if (label) {
          const first = key === this.#chosen ? 1000 : 0;
          this.#labels.push({ text: label, x, y, radius: size, weight: size + first });
        }
      },
      defaultDrawNodeHover: (pen, node) => this.#hover(pen, node),
      minCameraRatio: 0.02,
      maxCameraRatio: 4,
      defaultEdgeType: "line",
    });
    this.#sigma.on("afterRender", () => this.#name());
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
    this.#sigma.setSetting("zIndex", some);
    this.#sigma.setSetting("nodeReducer", some ? (node, data) => this.#node(node, data) : null);
    this.#sigma.setSetting("edgeReducer", some ? (edge, data) => this.#edge(edge, data) : null);
    this.#sigma.refresh({ skipIndexation: true });
  }

  /** Take the colours of the page anew. */
  recolour(): void {
    const colours = coloursOf(this.#place);
    this.#colours = colours;
    const kinds = new Map<string, string>();
    const of = (kind: string): string => {
      const known = kinds.get(kind) ?? colours.of(kind);
      kinds.set(kind, known);
      return known;
    };
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
      return this.#path.has(id) ? { ...data, forceLabel: true, zIndex: 1 } : { ...data, color: this.#colours.line, label: null };
    }
    if (!this.#chosen) {
      return data;
    }
    if (id === this.#chosen) {
      return { ...data, forceLabel: true, zIndex: 2 };
    }
    return this.#near.has(id) ? { ...data, forceLabel: true, zIndex: 1 } : { ...data, color: this.#colours.line, label: null };
  }

  #edge(edge: string, data: object): object {
    const [one, other] = this.#graph.extremities(edge);
    const shown = this.#path.size > 0 ? this.#path.has(one) && this.#path.has(other) : !this.#chosen || one === this.#chosen || other === this.#chosen;
    return shown ? { ...data, color: this.#colours.ink } : { ...data, hidden: true };
  }

  /** Draw the names that sigma would draw, as far as there is room. */
  #name(): void {
    const pen = this.#sigma.getCanvases()["labels"]?.getContext("2d");
    if (pen) {
      pen.font = `${SIZE}px ${FONT}`;
      pen.textBaseline = "middle";
      pen.lineJoin = "round";
      pen.lineWidth = 3;
      pen.strokeStyle = this.#colours.paper;
      pen.fillStyle = this.#colours.ink;
      const { width } = this.#sigma.getDimensions();
      const lengthOf = (text: string): number => {
        const length = this.#lengths.get(text) ?? pen.measureText(text).width;
        this.#lengths.set(text, length);
        return length;
      };
      for (const { text, left, y } of placed(this.#labels, width, SIZE + 3, lengthOf)) {
        pen.strokeText(text, left, y);
        pen.fillText(text, left, y);
      }
    }
    this.#labels = [];
  }

  /** The name of the node under the pointer, on paper of its own. */
  #hover(pen: CanvasRenderingContext2D, { label, x, y, size }: { label: string | null; x: number; y: number; size: number }): void {
    if (!label) {
      return;
    }
    pen.font = `${SIZE}px ${FONT}`;
    pen.textBaseline = "middle";
    const length = pen.measureText(label).width;
    const { width } = this.#sigma.getDimensions();
    const left = Math.max(0, Math.min(x + size + 3, width - length - 4));
    pen.fillStyle = this.#colours.paper;
    pen.strokeStyle = this.#colours.line;
    pen.beginPath();
    pen.rect(left - 2, y - SIZE / 2 - 4, length + 6, SIZE + 8);
    pen.fill();
    pen.stroke();
    pen.fillStyle = this.#colours.ink;
    pen.fillText(label, left + 1, y);
  }
}
