/** What is shown, as a drawing that stays sharp (SVG) or as pixels (PNG). */

import type { View } from "./view";

export interface Colours {
  of(kind: string): string;
  ink: string;
  line: string;
  paper: string;
}

const [WIDTH, HEIGHT, MARGIN] = [1600, 1200, 60];
const NAMED = 40;

interface Dot {
  x: number;
  y: number;
  radius: number;
  colour: string;
  label: string;
  named: boolean;
}

interface Scene {
  dots: Map<string, Dot>;
  lines: { from: Dot; to: Dot; width: number }[];
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
  const named = new Set([...nodes].sort((one, other) => other.ties - one.ties).slice(0, NAMED).map((node) => node.id));
  const dots = new Map(
    nodes.map((node) => [
      node.id,
      {
        x: WIDTH / 2 + (node.at[0] - (left + right) / 2) * scale,
        y: HEIGHT / 2 - (node.at[1] - (low + high) / 2) * scale,
        radius: radiusOf(node.ties),
        colour: colours.of(node.kind),
        label: node.label,
        named: named.has(node.id),
      },
    ]),
  );
  const lines = view.ties.map((tie) => ({
    from: dots.get(tie.one)!,
    to: dots.get(tie.other)!,
    width: 0.6 + 0.6 * Math.sqrt(tie.weight),
  }));
  return { dots, lines };
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Return the drawing as an SVG document. */
export function svgOf(view: View, colours: Colours, title: string): string {
  const { dots, lines } = sceneOf(view, colours);
  const n = (value: number): string => value.toFixed(1);
  const drawn = lines.map(
    ({ from, to, width }) =>
      `<line x1="${n(from.x)}" y1="${n(from.y)}" x2="${n(to.x)}" y2="${n(to.y)}" stroke-width="${n(width)}"/>`,
  );
  const circles: string[] = [];
  const labels: string[] = [];
  for (const { x, y, radius, colour, label, named } of dots.values()) {
    circles.push(`<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" fill="${colour}"><title>${escaped(label)}</title></circle>`);
    if (named) {
      labels.push(`<text x="${n(x + radius + 3)}" y="${n(y + 4)}">${escaped(label)}</text>`);
    }
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="${colours.paper}"/>`,
    `<g stroke="${colours.line}" stroke-opacity="0.7">${drawn.join("")}</g>`,
    `<g stroke="${colours.paper}">${circles.join("")}</g>`,
    `<g fill="${colours.ink}">${labels.join("")}</g>`,
    "</svg>",
    "",
  ].join("\n");
}

/** Return the drawing as a PNG. */
export function pngOf(view: View, colours: Colours): Promise<Blob> {
  const { dots, lines } = sceneOf(view, colours);
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
  pen.font = "13px sans-serif";
  for (const { x, y, radius, label, named } of dots.values()) {
    if (named) {
      pen.fillText(label, x + radius + 3, y + 4);
    }
  }
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("This browser cannot write PNG."))), "image/png"),
  );
}
