/** Names beside their nodes, none over another: what finds no room is left out. */

export interface Label {
  text: string;
  /** Middle and radius of the node, in the picture's own measure. */
  x: number;
  y: number;
  radius: number;
  /** The higher comes first. */
  weight: number;
}

export interface Placed extends Label {
  /** Where the text begins, and the middle of its height. */
  left: number;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const GAP = 3;

function apart(one: Box, other: Box): boolean {
  return one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
}

/**
 * Place names beside their nodes, those of most weight first: right of the node, or left of it where there is no room.
 *
 * A name lies within the picture's width and over no other name.
 */
export function placed(labels: readonly Label[], width: number, height: number, lengthOf: (text: string) => number): Placed[] {
  const taken: Box[] = [];
  const found: Placed[] = [];
  for (const label of [...labels].sort((one, other) => other.weight - one.weight || (one.text < other.text ? -1 : 1))) {
    const length = lengthOf(label.text);
    const [top, bottom] = [label.y - height / 2, label.y + height / 2];
    const sides = [label.x + label.radius + GAP, label.x - label.radius - GAP - length];
    const left = sides.find((side) => {
      const box = { left: side, right: side + length, top, bottom };
      return side >= 0 && box.right <= width && taken.every((other) => apart(box, other));
    });
    if (left !== undefined) {
      taken.push({ left, right: left + length, top, bottom });
      found.push({ ...label, left });
    }
  }
  return found;
}
