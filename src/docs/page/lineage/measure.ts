/** Widths of texts as this browser draws them. */
import type { Measure } from './boxes.js';
import { fontFamily, fontSizes, headWeight } from './paint.js';

export function textMeasure(): Measure {
  const context = document.createElement('canvas').getContext('2d');
  const kept = new Map<string, number>();
  return (text, isHead) => {
    const key = `${isHead} ${text}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const size = isHead ? fontSizes.head : fontSizes.row;
    let width = text.length * size * 0.6;
    if (context !== null) {
      context.font = `${isHead ? headWeight : 400} ${size}px ${fontFamily}`;
      ({ width } = context.measureText(text));
    }
    kept.set(key, width);
    return width;
  };
}
