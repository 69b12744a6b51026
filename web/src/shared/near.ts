/** The nearest of known words, for "did you mean". */

/** Return in how many steps (a letter put in, left out, changed, two changed places) one word becomes another. */
export function distance(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let row = 1; row <= one.length; row++) {
    const now = [row];
    for (let place = 1; place <= other.length; place++) {
      const same = one[row - 1] === other[place - 1];
      let least = Math.min(last[place]! + 1, now[place - 1]! + 1, last[place - 1]! + (same ? 0 : 1));
      if (row > 1 && place > 1 && one[row - 1] === other[place - 2] && one[row - 2] === other[place - 1]) {
        least = Math.min(least, before[place - 2]! + 1);
      }
      now.push(least);
    }
    before = last;
    last = now;
  }
  return last[other.length]!;
}

/** Return the known word nearest to one, or undefined where none is near. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const small = word.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) < least) {
      const steps = distance(small, candidate.toLowerCase());
      if (steps < least) {
        best = candidate;
        least = steps;
      }
    }
  }
  return best;
}
