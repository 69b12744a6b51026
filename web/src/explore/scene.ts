/** What is shown, as a drawing that stays sharp (SVG) or as pixels (PNG). */

import { type Placed, placed } from "./labels";
import type { View } from "./view";

export interface Colours {
  of(kind: string): string;
  ink: string;
  line: string;
  paper: string;
}

const [WIDTH, HEIGHT, MARGIN] = [1600, 1200, 60];
/** So many of the largest nodes are named, as far as there is room. */
const NAMED = 80;
/** Height and usual width, in pixels: what draws the file later has letters of its own. */
const LETTER = { size: 13, width: 7 };

interface Dot {
  x: number;
  y: number;
  radius: number;
  colour: string;
  label: string;
}

interface Scene {
  dots: Map<string, Dot>;
  lines: { from: Dot; to: Dot; width: number }[];
  names: Placed[];
}

/** Radius of a node with so many neighbours. */
export function radiusOf(ties: number): number {
  return 3 + 1.6 * Math.sqrt(ties);
}

function sceneOf(view: View, colours: Colours): Scene {
  const nodes = [...view.nodes.values()];
  const [xs, ys] = [nodes.map((node) => node.at[0]), nodes.map((node) => node.at[1])];
  const least = (numbers: number[]): number => numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = (numbers: number[]): number => numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const [left, right, low, high] = [least(xs), most(xs), least(ys), most(ys)];
  const scale = Math.min((WIDTH - 2 * MARGIN) / (right - left || 1), (HEIGHT - 2 * MARGIN) / (high - low || 1));
  const dots = new Map(
    nodes.map((node) => [
      node.id,
      {
        x: WIDTH / 2 + (node.at[0] - (left + right) / 2) * scale,
        y: HEIGHT / 2 - (node.at[1] - (low + high) / 2) * scale,
        radius: radiusOf(node.ties),
        colour: colours.of(node.kind),
        label: node.label,
      },
    ]),
  );
  const lines = view.ties.map((tie) => ({
    from: dots.get(tie.one)!,
    to: dots.get(tie.other)!,
    width: 0.6 + 0.6 * Math.sqrt(tie.weight),
  }));
  const largest = [...dots.values()].sort((one, other) => other.radius - one.radius).slice(0, NAMED);
  const labels = largest.map(({ label: text, x, y, radius }) => ({ text, x, y, radius, weight: radius }));
  const names = placed(labels, WIDTH, LETTER.size + 3, (text) => text.length * LETTER.width);
  return { dots, lines, names };
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Return the drawing as an SVG document. */
export function svgOf(view: View, colours: Colours, title: string): string {
  const { dots, lines, names } = sceneOf(view, colours);
  const n = (value: number): string => value.toFixed(1);
  const drawn = lines.map(
    ({ from, to, width }) =>
      `<line x1="${n(from.x)}" y1="${n(from.y)}" x2="${n(to.x)}" y2="${n(to.y)}" stroke-width="${n(width)}"/>`,
  );
  const circles = [...dots.values()].map(
    ({ x, y, radius, colour, label }) =>
      `<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" fill="${colour}"><title>${escaped(label)}</title></circle>`,
  );
  const labels = names.map(({ text, left, y }) => `<text x="${n(left)}" y="${n(y + 4)}">${escaped(text)}</text>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="${LETTER.size}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="${colours.paper}"/>`,
    `<g stroke="${colours.line}" stroke-opacity="0.7">${drawn.join("")}</g>`,
    `<g stroke="${colours.paper}">${circles.join("")}</g>`,
    `<g fill="${colours.ink}" stroke="${colours.paper}" stroke-width="3" stroke-linejoin="round" paint-order="stroke">${labels.join("")}</g>`,
    "</svg>",
    "",
  ].join("\n");
}

/** Return the drawing as a PNG. */
export function pngOf(view: View, colours: Colours): Promise<Blob> {
  const { dots, lines, names } = sceneOf(view, colours);
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [WIDTH, HEIGHT];
  const pen = canvas.getContext("2d");
  if (!pen) {
    return Promise.reject(new Error("This browser cannot draw."));
  }
  pen.fillStyle = colours.paper;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.strokeStyle = colours.line;
  for (const { from, to, width } of lines) {
    pen.lineWidth = width;
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    pen.lineTo(to.x, to.y);
    pen.stroke();
  }
  for (const { x, y, radius, colour } of dots.values()) {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fill();
  }
  pen.fillStyle = colours.ink;
  pen.strokeStyle = colours.paper;
  pen.lineWidth = 3;
  pen.lineJoin = "round";
  pen.font = `${LETTER.size}px sans-serif`;
  for (const { text, left, y } of names) {
    pen.strokeText(text, left, y + 4);
    pen.fillText(text, left, y + 4);
  }
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("This browser cannot write PNG."))), "image/png"),
  );
}
