/** The page that explores: filters, the picture, its equal in words and tables. */

import { byId, html, save, svg } from "../shared/dom";
import { Picture, coloursOf, hasWebGL } from "./canvas";
import { type Network, networkAt } from "./data";
import "./explore.css";
import { csv, gexf } from "./exports";
import { type Acts, details, nodeTable, steps, tieTable } from "./panels";
import { pieces, shortestPath } from "./paths";
import { pngOf, svgOf } from "./scene";
import { type State, hashOf, stateOf } from "./state";
import { type Mode, type View, leastFor, open, viewOf } from "./view";

declare global {
  interface Window {
    /** For measuring: how long one drawing takes, in milliseconds. */
    ccinExplore?: { timed(): number; view(): View };
  }
}

/** More nodes than this are not shown at first. */
const MOST = 2000;

const MODE_NAMES: Record<Mode, string> = {
  partners: "Organisations that shared a project",
  pairs: "Organisations and projects",
  columns: "Organisations and projects in columns",
};

class Page {
  readonly #network: Network;
  readonly #place = byId("explore", HTMLElement);
  readonly #form = byId("explore-filters", HTMLFormElement);
  readonly #summary = byId("explore-summary", HTMLElement);
  readonly #details = byId("explore-details", HTMLElement);
  readonly #path = byId("explore-path", HTMLElement);
  readonly #tables = byId("explore-tables", HTMLElement);
  readonly #acts: Acts;
  readonly #picture: Picture | undefined;
  #state: State;
  #view: View = { nodes: new Map(), ties: [] };

  constructor(network: Network, top: string) {
    this.#network = network;
    this.#acts = { top, choose: (id) => this.#choose(id, true) };
    this.#state = stateOf(location.hash, network);
    const frame = byId("explore-picture", HTMLElement);
    if (hasWebGL()) {
      frame.replaceChildren();
      this.#picture = new Picture(frame, (id) => this.#choose(id));
    } else {
      byId("explore-no-webgl", HTMLElement).hidden = false;
    }
    this.#place.hidden = false;
    this.#makeFilters();
    this.#makeTools();
    if (!location.hash) {
      this.#state.filters.least = leastFor(viewOf(network, this.#state.filters), MOST);
    }
    addEventListener("hashchange", () => {
      this.#state = stateOf(location.hash, network);
      this.#fillFilters();
      this.#show();
    });
    this.#fillFilters();
    this.#show();
  }

  get view(): View {
    return this.#view;
  }

  timed(): number {
    return this.#picture?.timed() ?? Number.NaN;
  }

  // The picture and its equals

  #show(): void {
    this.#view = viewOf(this.#network, this.#state.filters);
    this.#picture?.show(this.#view);
    this.#tables.replaceChildren(
      html("details", { id: "explore-nodes" }, html("summary", {}, "Everything shown, as tables"), nodeTable(this.#view, this.#acts), tieTable(this.#view, this.#acts)),
    );
    this.#summarise();
    this.#choose(this.#state.chosen);
    this.#showPath();
  }

  #summarise(): void {
    const { nodes, ties } = this.#view;
    const { many, largest } = pieces(this.#view);
    const first = [...nodes.values()].sort((one, other) => other.ties - one.ties || (one.label < other.label ? -1 : 1)).slice(0, 3);
    const count = (number: number, one: string, several: string): string => `${number.toLocaleString("en")} ${number === 1 ? one : several}`;
    const said = [
      `${MODE_NAMES[this.#state.filters.mode]}: ${count(nodes.size, "node", "nodes")} and ${count(ties.length, "tie", "ties")}`,
      `in ${count(many, "piece", "pieces")}, the largest of ${largest.toLocaleString("en")}.`,
    ];
    const most = first.filter((node) => node.ties > 0).map((node) => `${node.label} (${node.ties})`);
    this.#summary.textContent = said.join(" ") + (most.length > 0 ? ` Most ties: ${most.join(", ")}.` : "");
  }

  #choose(id: string, focus = false): void {
    const node = this.#view.nodes.get(id);
    this.#state.chosen = node ? id : "";
    this.#picture?.choose(this.#state.chosen, []);
    const alone = (one: string): void => {
      this.#state.filters.ego = one;
      this.#changed();
    };
    this.#details.replaceChildren(...(node ? [details(this.#network, this.#view, node, this.#acts, alone)] : []));
    this.#remember();
    if (node && focus) {
      byId("explore-chosen", HTMLElement).focus();
    }
  }

  #showPath(): void {
    const ends = this.#state.path;
    this.#path.replaceChildren();
    if (!ends) {
      return;
    }
    const [from, to] = ends.map((id) => this.#view.nodes.get(id)?.label ?? "");
    if (!from || !to) {
      this.#path.append(html("p", { class: "wrong" }, "One of the two is not among what is shown. Let more through."));
      return;
    }
    const path = shortestPath(this.#view, ends[0], ends[1]);
    if (!path) {
      this.#path.append(html("p", {}, `Nothing shown connects ${from} and ${to}.`));
      return;
    }
    this.#path.append(
      html("p", {}, `${from} and ${to}: ${path.length} ${path.length === 1 ? "step" : "steps"}.`),
      steps(this.#network, this.#view, ends[0], path, this.#acts),
    );
    this.#picture?.choose("", [ends[0], ends[1], ...path.flatMap((tie) => [tie.one, tie.other])]);
  }

  #remember(): void {
    const hash = hashOf(this.#state, this.#network);
    history.replaceState(null, "", hash === "#" ? location.pathname + location.search : hash);
  }

  #changed(): void {
    this.#fillFilters();
    this.#show();
  }

  // Filters

  #makeFilters(): void {
    const { publications, roles, themes, principles, organisations, validated } = this.#network;
    const modes = html("select", { id: "explore-mode", name: "mode" }, ...Object.entries(MODE_NAMES).map(([value, text]) => html("option", { value }, text)));
    const all = open(this.#network);
    const year = (name: "from" | "to", label: string): HTMLElement =>
      html(
        "p",
        { class: "slider" },
        html("label", { for: `explore-${name}` }, label),
        html("input", { type: "range", id: `explore-${name}`, name, min: all.from, max: all.to, step: 1 }),
        html("output", { for: `explore-${name}`, id: `explore-${name}-said` }),
      );
    const kinds = [...new Set(organisations.map((one) => one.kind))].sort();
    const regions = [...new Set(organisations.map((one) => one.region).filter(Boolean))].sort();
    const communities = [...new Set(organisations.map((one) => one.community).filter(Boolean))].sort((a, b) => a - b);
    const numbered = (some: readonly { label: string }[]): [string, string][] => some.map((one, place) => [String(place), one.label]);
    const named = (some: readonly string[]): [string, string][] => some.map((one) => [one, one.replace("-", " ")]);
    this.#form.append(
      html("p", {}, html("label", { for: "explore-mode" }, "Show"), modes),
      year("from", "From"),
      year("to", "To"),
      this.#yes("working", "Only roles with a share in the work"),
      this.#yes("body", "With the network's own body"),
      ...(validated ? [this.#yes("validated", `Only ties beyond chance (${validated.length})`)] : []),
      html("p", {}, html("label", { for: "explore-least" }, "At least so many ties"), html("input", { id: "explore-least", name: "least", type: "number", min: 0, step: 1 })),
      this.#options("kinds", "Kinds", named(kinds)),
      this.#options("publications", "Publications", numbered(publications)),
      this.#options("roles", "Roles", numbered(roles)),
      this.#options("regions", "Regions", named(regions)),
      this.#options("themes", "Themes", numbered(themes)),
      this.#options("principles", "Principles", numbered(principles)),
      this.#options("communities", "Communities", communities.map((one) => [String(one), this.#communityName(one)])),
    );
    this.#form.addEventListener("change", () => this.#read());
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    const everything = html("button", { type: "button" }, "Let everything through");
    everything.addEventListener("click", () => {
      this.#state = { filters: open(this.#network), chosen: "", path: null };
      this.#changed();
    });
    this.#form.append(html("p", {}, everything));
  }

  /** A community by the body with most ties in it. */
  #communityName(community: number): string {
    const ties = new Map<number, number>();
    for (const [body] of this.#network.claims) {
      if (this.#network.organisations[body]!.community === community) {
        ties.set(body, (ties.get(body) ?? 0) + 1);
      }
    }
    const first = [...ties].sort(([one, a], [other, b]) => b - a || one - other)[0];
    return `${community}: around ${first ? this.#network.organisations[first[0]]!.label : "nobody"}`;
  }

  #yes(name: string, text: string): HTMLElement {
    return html("label", { class: "yes" }, html("input", { type: "checkbox", name }), ` ${text}`);
  }

  #options(name: string, legend: string, options: readonly [string, string][]): HTMLElement {
    const boxes = options.map(([value, text]) => html("label", {}, html("input", { type: "checkbox", name, value }), ` ${text}`));
    const group = html("div", { class: "options", role: "group", "aria-label": legend }, ...boxes);
    return html("details", {}, html("summary", {}, legend, html("span", { class: "many" })), group);
  }

  #boxes(name: string): HTMLInputElement[] {
    return [...this.#form.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name=${name}]`)];
  }

  #field(name: string): HTMLInputElement | HTMLSelectElement {
    return this.#form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement;
  }

  #read(): void {
    const texts = (name: string): string[] => this.#boxes(name).filter((box) => box.checked).map((box) => box.value);
    const numbers = (name: string): number[] => texts(name).map(Number);
    const yes = (name: string): boolean => this.#boxes(name)[0]?.checked ?? false;
    const [one, other] = [Number(this.#field("from").value), Number(this.#field("to").value)];
    this.#state.filters = {
      ...this.#state.filters,
      mode: this.#field("mode").value as Mode,
      from: Math.min(one, other),
      to: Math.max(one, other),
      least: Math.max(0, Math.floor(Number(this.#field("least").value) || 0)),
      working: yes("working"),
      body: yes("body"),
      validated: yes("validated"),
      kinds: texts("kinds"),
      regions: texts("regions"),
      publications: numbers("publications"),
      roles: numbers("roles"),
      themes: numbers("themes"),
      principles: numbers("principles"),
      communities: numbers("communities"),
    };
    this.#changed();
  }

  #fillFilters(): void {
    const { filters } = this.#state;
    for (const name of ["mode", "from", "to", "least"] as const) {
      this.#field(name).value = String(filters[name]);
    }
    for (const name of ["from", "to"] as const) {
      byId(`explore-${name}-said`, HTMLOutputElement).value = String(filters[name]);
    }
    for (const name of ["working", "body", "validated"] as const) {
      for (const box of this.#boxes(name)) {
        box.checked = filters[name];
      }
    }
    for (const name of ["kinds", "regions", "publications", "roles", "themes", "principles", "communities"] as const) {
      const wanted = new Set<string>((filters[name] as (string | number)[]).map(String));
      const boxes = this.#boxes(name);
      for (const box of boxes) {
        box.checked = wanted.has(box.value);
      }
      const many = boxes[0]?.closest("details")?.querySelector(".many");
      if (many) {
        many.textContent = wanted.size > 0 ? ` (${wanted.size})` : "";
      }
    }
    const back = byId("explore-whole", HTMLButtonElement);
    back.hidden = !filters.ego;
  }

  // Search, path, zoom, downloads

  #makeTools(): void {
    const names = byId("explore-names", HTMLDataListElement);
    const all = [...this.#network.organisations, ...this.#network.projects];
    names.append(...all.map((one) => html("option", { value: one.label })));
    const idOf = (name: string): string | undefined => {
      const small = name.trim().toLowerCase();
      const among = [...this.#view.nodes.values()];
      return (among.find((node) => node.label.toLowerCase() === small) ?? among.find((node) => small && node.label.toLowerCase().includes(small)))?.id;
    };
    const said = byId("explore-said", HTMLElement);
    byId("explore-search", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      const name = byId("explore-find", HTMLInputElement).value;
      const id = idOf(name);
      said.textContent = id ? "" : `“${name}” is not among what is shown.`;
      if (id) {
        this.#choose(id, true);
      }
    });
    byId("explore-connect", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      const ends = [byId("explore-one", HTMLInputElement), byId("explore-other", HTMLInputElement)];
      const ids = ends.map((field) => idOf(field.value));
      const missing = ends.find((_, place) => !ids[place]);
      if (missing) {
        said.textContent = `“${missing.value}” is not among what is shown.`;
        missing.focus();
        return;
      }
      said.textContent = "";
      this.#state.path = [ids[0]!, ids[1]!];
      this.#state.chosen = "";
      this.#details.replaceChildren();
      this.#showPath();
      this.#remember();
    });
    const act = (id: string, done: () => void): void => byId(id, HTMLButtonElement).addEventListener("click", done);
    act("explore-in", () => this.#picture?.zoom(1.5));
    act("explore-out", () => this.#picture?.zoom(1 / 1.5));
    act("explore-reset", () => this.#picture?.reset());
    act("explore-whole", () => {
      this.#state.filters.ego = "";
      this.#changed();
    });
    const colours = (): ReturnType<typeof coloursOf> => coloursOf(this.#place);
    act("explore-gexf", () => save("network.gexf", "application/xml", gexf(this.#view)));
    act("explore-csv", () => save("network.csv", "text/csv", csv(this.#view)));
    act("explore-svg", () => save("network.svg", "image/svg+xml", svgOf(this.#view, colours(), document.title)));
    act("explore-png", () => void pngOf(this.#view, colours()).then((blob) => save("network.png", "image/png", blob)));
    const kinds = [...new Set([...this.#network.organisations.map((one) => one.kind), "project"])];
    byId("explore-legend", HTMLUListElement).append(
      ...kinds.map((kind) =>
        html("li", {}, svg("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" }, svg("circle", { cx: 5, cy: 5, r: 5, fill: `var(--kind-${kind})` })), kind.replace("-", " ")),
      ),
    );
  }
}

async function start(): Promise<void> {
  const place = byId("explore", HTMLElement);
  const state = byId("explore-state", HTMLElement);
  const { network = "", top = "" } = place.dataset;
  try {
    const page = new Page(await networkAt(network), top);
    window.ccinExplore = { timed: () => page.timed(), view: () => page.view };
    state.hidden = true;
  } catch (error) {
    state.textContent = `This page cannot show the network: ${error instanceof Error ? error.message : String(error)}`;
    state.classList.add("wrong");
  }
}

void start();
