/** Where Graphviz puts boxes and lines, in pixels from the upper left. */
import type { Box } from './boxes.js';
import type { Dot } from './dot.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedBox extends Point {
  readonly box: Box;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** In the order of reading: from left to right, and each rank from above. x and y are the upper left. */
  readonly places: readonly PlacedBox[];
  /** A line of Bezier curves for each edge, in the order in which the edges were given. */
  readonly lines: readonly (readonly Point[])[];
}

/** Of the program, as far as it is used here. */
export interface Drawer {
  layout(dot: string, format: 'plain-ext', engine: 'dot'): string;
}

export function layoutOf(drawer: Drawer, dot: Dot, boxes: readonly Box[]): Layout {
  const byName = new Map(boxes.map((box) => [`n${box.node}`, box]));
  const places: PlacedBox[] = [];
  const lines = new Map<string, readonly Point[]>();
  let [width, height] = [0, 0];
  const point = (x: string | undefined, y: string | undefined): Point => ({
    x: pixels(x),
    y: height - pixels(y),
  });
  for (const line of drawer.layout(dot.text, 'plain-ext', 'dot').split('\n')) {
    const [kind, ...words] = line.split(' ');
    if (kind === 'graph') [width, height] = [pixels(words[1]), pixels(words[2])];
    else if (kind === 'node') {
      const box = byName.get(words[0] ?? '');
      if (box === undefined) continue;
      const { x, y } = point(words[1], words[2]);
      places.push({ box, x: x - box.width / 2, y: y - box.height / 2 });
    } else if (kind === 'edge') {
      // An end with two colons is quoted: n1:"c0:e".
      const ends = `${words[0]} ${words[1]}`.replaceAll('"', '');
      const points = Array.from({ length: Number(words[2]) }, (_, i) =>
        point(words[3 + 2 * i], words[4 + 2 * i]),
      );
      lines.set(ends, points);
    }
  }
  return {
    width,
    height,
    places: inReadingOrder(places),
    lines: dot.ends.map((ends) => lines.get(ends) ?? []),
  };
}

function pixels(inches: string | undefined): number {
  return Number(inches) * 72;
}

/** Boxes of one rank have one middle. */
function inReadingOrder(places: readonly PlacedBox[]): PlacedBox[] {
  const middle = ({ x, box }: PlacedBox): number => Math.round(x + box.width / 2);
  return places.toSorted((a, b) => middle(a) - middle(b) || a.y - b.y);
}
