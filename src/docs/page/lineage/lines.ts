/** Lines and arrow heads as paths of SVG. */
import type { Point } from './layout.js';

const headLength = 8;
const headWidth = 3.5;

/** Bezier curves as Graphviz gives them: a start, and three points for each curve. Empty where there is none. */
export function curve(points: readonly Point[]): string {
  const [start, ...rest] = points;
  if (start === undefined) return '';
  return `M${at(start)}C${rest.map(at).join(' ')}`;
}

/** A triangle whose tip is the end of the line. */
export function arrowHead(points: readonly Point[]): string {
  const tip = points.at(-1);
  if (tip === undefined) return '';
  // A line that ends in a curve of no length has its direction from further back.
  const from = points.findLast(({ x, y }) => Math.hypot(tip.x - x, tip.y - y) > 0.5);
  const [dx, dy] = from === undefined ? [1, 0] : [tip.x - from.x, tip.y - from.y];
  const length = Math.hypot(dx, dy);
  const [ux, uy] = [dx / length, dy / length];
  const back = { x: tip.x - ux * headLength, y: tip.y - uy * headLength };
  const side = (sign: number): Point => ({
    x: back.x - uy * headWidth * sign,
    y: back.y + ux * headWidth * sign,
  });
  return `M${at(tip)}L${at(side(1))} ${at(side(-1))}Z`;
}

function at({ x, y }: Point): string {
  return `${short(x)} ${short(y)}`;
}

/** Tenths of a pixel are enough, and make half the file. */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}
