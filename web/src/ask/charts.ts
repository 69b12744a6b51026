/** Simple pictures of an answer, where its columns allow: bars of a number by name, and places on a map. */

import { html, svg } from "../shared/dom";
import { UNITED_KINGDOM, outlineGroup, projectionOf } from "../shared/outline";
import type { Rows } from "./messages";
import { type Naming, shown } from "./table";
import { type Term, numberOf } from "./terms";

const MOST_BARS = 40;

function words(term: Term | null | undefined, naming: Naming): string {
  const content = shown(term, naming);
  return typeof content === "string" ? content : (content.textContent ?? "");
}

/** Return bars for the first column of numbers, named by the first column of names; undefined where there are none. */
export function bars({ variables, rows }: Rows, naming: Naming): Element | undefined {
  const most = rows.slice(0, 200);
  const isNumber = variables.map(
    (name, place) => !/^(lat|long)/.test(name) && most.length > 1 && most.every((row) => numberOf(row[place] ?? undefined) !== undefined),
  );
  const numbers = isNumber.indexOf(true);
  const texts = variables.map((_, place) => most.every((row) => row[place]?.type === "literal") && !isNumber[place]);
  const named = texts.includes(true) ? texts.indexOf(true) : variables.findIndex((_, place) => !isNumber[place] && most.every((row) => row[place]));
  if (numbers < 0 || named < 0) {
    return undefined;
  }
  const drawn = rows.slice(0, MOST_BARS).map((row) => ({
    name: words(row[named], naming),
    value: numberOf(row[numbers] ?? undefined) ?? 0,
  }));
  if (new Set(drawn.map((bar) => bar.name)).size < drawn.length) {
    return undefined; // The numbers belong to several columns together.
  }
  const largest = Math.max(...drawn.map((bar) => Math.abs(bar.value)));
  if (largest === 0) {
    return undefined;
  }
  const [row, left, width] = [22, 260, 760];
  const picture = svg("svg", {
    viewBox: `0 0 ${width} ${drawn.length * row + 8}`,
    class: "bars",
    role: "img",
    "aria-label": `Bars: ${variables[numbers]} by ${variables[named]}; the table has the same numbers.`,
  });
  drawn.forEach(({ name, value }, place) => {
    const y = place * row + 4;
    const long = (Math.abs(value) / largest) * (width - left - 90);
    const short = name.length > 38 ? `${name.slice(0, 37)}…` : name;
    picture.append(
      svg("text", { x: left - 8, y: y + 15, "text-anchor": "end" }, short),
      svg("rect", { x: left, y: y + 2, width: Math.max(1, long).toFixed(1), height: row - 5 }),
      svg("text", { x: (left + long + 6).toFixed(1), y: y + 15 }, value.toLocaleString("en")),
    );
  });
  const note = rows.length > MOST_BARS ? [html("p", { class: "note" }, `The first ${MOST_BARS} of ${rows.length} rows.`)] : [];
  return html("figure", { class: "chart" }, picture, ...note);
}

/** Return a map for columns of latitude and longitude; undefined where there are none. */
export function places({ variables, rows }: Rows, naming: Naming): Element | undefined {
  const column = (start: string): number => variables.findIndex((name) => name.toLowerCase().startsWith(start));
  const [lat, long] = [column("lat"), column("long")];
  if (lat < 0 || long < 0) {
    return undefined;
  }
  const [width, height] = [520, 760];
  const projection = projectionOf(UNITED_KINGDOM, width, height);
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "map", role: "img" }, outlineGroup(projection));
  let drawn = 0;
  for (const row of rows) {
    const [north, east] = [numberOf(row[lat] ?? undefined), numberOf(row[long] ?? undefined)];
    const spot = north === undefined || east === undefined ? null : projection([east, north]);
    if (spot) {
      const name = row.map((cell, place) => (place === lat || place === long ? "" : words(cell, naming))).find(Boolean) ?? "";
      picture.append(svg("circle", { cx: spot[0].toFixed(1), cy: spot[1].toFixed(1), r: 5 }, svg("title", {}, name)));
      drawn += 1;
    }
  }
  picture.setAttribute("aria-label", `Map of ${drawn} places; the table names them.`);
  return drawn ? html("figure", { class: "chart" }, picture) : undefined;
}
