/** The picture as a file: nothing of it is styled from outside, and each text keeps its width in any font. */
import { headHeight, rowHeight, type Measure } from './boxes.js';
import type { LineageDrawing } from './drawing.js';
import type { PlacedBox, Point } from './layout.js';
import { arrowHead, curve, short } from './lines.js';
import { dimOpacity, fontFamily, fontSizes, headWeight, ink, type Paint } from './paint.js';
import type { Mark } from './shown.js';

const margin = 16;

export interface SvgText {
  readonly text: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** @param measure widths of texts as they were drawn */
export function svgText(
  drawing: LineageDrawing,
  title: string,
  paint: Paint,
  measure: Measure,
): SvgText {
  const { layout, shown, nodes } = drawing;
  const edges = [...shown.edges, ...shown.columnEdges];
  const width = Math.ceil(layout.width + 2 * margin);
  const height = Math.ceil(layout.height + 2 * margin);
  // What is lit lies above the rest.
  const order = edges
    .map((edge, i) => ({ ...edge, points: layout.lines[i] ?? [] }))
    .toSorted((a, b) => rank(a.mark) - rank(b.mark));
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-margin} ${-margin} ${width} ${height}" font-family="${escaped(fontFamily)}" fill="${ink}">`,
    `<title>${escaped(title)}</title>`,
    `<rect x="${-margin}" y="${-margin}" width="${width}" height="${height}" fill="${paint.back}"/>`,
    ...order.map(({ mark, direct, points }) => lineText(points, mark, direct, paint)),
    ...layout.places.map((place) =>
      boxText(drawing, place, nodes.get(place.box.node)?.mark ?? 'plain', paint, measure),
    ),
    '</svg>',
    '',
  ];
  return { text: lines.join('\n'), width, height };
}

function rank(mark: Mark): number {
  return mark === 'dim' ? 0 : mark === 'plain' ? 1 : 2;
}

function lineText(points: readonly Point[], mark: Mark, direct: boolean, paint: Paint): string {
  if (points.length === 0) return '';
  const colour = mark === 'lit' ? paint.strong : paint.line;
  const dash = direct ? '' : ' stroke-dasharray="5 4"';
  return `<g${opacity(mark)}><path d="${curve(points)}" fill="none" stroke="${colour}" stroke-width="${mark === 'lit' ? 2 : 1.2}"${dash}/><path d="${arrowHead(points)}" fill="${colour}"/></g>`;
}

function boxText(
  { nodes, colourOf }: LineageDrawing,
  { box, x, y }: PlacedBox,
  mark: Mark,
  paint: Paint,
  measure: Measure,
): string {
  const { fill, border } = colourOf(box.node);
  const marks = new Map(nodes.get(box.node)?.columns.map((c) => [c.column, c.mark]));
  const frame =
    mark === 'focus' ? `stroke="${paint.strong}" stroke-width="3"` : `stroke="${border}"`;
  const text = (words: string, head: boolean, middle: number): string => {
    const font = head
      ? `font-size="${fontSizes.head}" font-weight="${headWeight}"`
      : `font-size="${fontSizes.row}"`;
    return `<text x="12" y="${middle + 4.5}" ${font} textLength="${short(measure(words, head))}" lengthAdjust="spacingAndGlyphs">${escaped(words)}</text>`;
  };
  const rows = box.rows.flatMap(({ column, text: words }, i) => {
    const top = headHeight + i * rowHeight;
    const own = column === null ? 'plain' : (marks.get(column) ?? 'plain');
    const lit = own === 'focus' || own === 'lit';
    return [
      `<rect y="${top}" width="${box.width}" height="${rowHeight}" fill="#ffffff" stroke="${border}" stroke-width="0.5"/>`,
      lit
        ? `<rect x="1" y="${top + 1}" width="${box.width - 2}" height="${rowHeight - 2}" fill="none" stroke="${paint.strong}" stroke-width="${own === 'focus' ? 3 : 1.5}"/>`
        : '',
      text(words, false, top + rowHeight / 2),
    ];
  });
  return [
    `<g transform="translate(${short(x)} ${short(y)})"${opacity(mark)}>`,
    `<rect width="${box.width}" height="${headHeight}" rx="4" fill="${fill}" ${frame}/>`,
    text(box.text, true, headHeight / 2),
    ...rows,
    '</g>',
  ].join('');
}

function opacity(mark: Mark): string {
  return mark === 'dim' ? ` opacity="${dimOpacity}"` : '';
}

/** What no XML may hold is left out: control characters. */
export function escaped(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- these are what must not be there
      .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}
