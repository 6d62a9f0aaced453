/** Where boxes and lines come to lie. */
import { expect, test } from 'vitest';
import { headHeight, rowHeight } from '../../src/docs/page/lineage/boxes.js';
import type { LineageDrawing } from '../../src/docs/page/lineage/drawing.js';
import type { Point } from '../../src/docs/page/lineage/layout.js';
import { nasty, nastyNames } from '../lineage/small.js';
import { draw } from './drawing.js';
import { diamondGraph, graphOfLineage } from './small-graph.js';

/** The upper left of a table. */
function placeOf({ graph, layout }: LineageDrawing, name: string) {
  const place = layout.places.find(({ box }) => graph.nodes[box.node]?.name === name);
  if (place === undefined) throw new Error(`${name} is not drawn`);
  return place;
}

function expectNear(point: Point | undefined, x: number, y: number): void {
  expect(point?.x).toBeCloseTo(x, -0.5);
  expect(point?.y).toBeCloseTo(y, -0.5);
}

test('Tables are read from left to right, and from above', async () => {
  const { graph, layout } = await draw('', diamondGraph);
  const names = layout.places.map(({ box }) => graph.nodes[box.node]?.name);
  expect([names[0], names[1], names[2], names[3], names[4]].map(String)).toEqual([
    'raw',
    'clean',
    ...['people', 'sales'].sort((a, b) => names.indexOf(a) - names.indexOf(b)),
    'report',
  ]);
  const [, , first, second] = layout.places;
  expect(first?.y).toBeLessThan(second?.y ?? 0);
});

test('Boxes do not overlap, and lie inside of the picture', async () => {
  const { layout } = await draw('open=*', diamondGraph);
  for (const one of layout.places) {
    expect(one.x).toBeGreaterThanOrEqual(-1);
    expect(one.y).toBeGreaterThanOrEqual(-1);
    expect(one.x + one.box.width).toBeLessThanOrEqual(layout.width + 1);
    expect(one.y + one.box.height).toBeLessThanOrEqual(layout.height + 1);
    for (const other of layout.places) {
      if (one === other) continue;
      const apart =
        one.x + one.box.width <= other.x ||
        other.x + other.box.width <= one.x ||
        one.y + one.box.height <= other.y ||
        other.y + other.box.height <= one.y;
      expect(apart).toBe(true);
    }
  }
});

test('Edges of tables lead from header to header, whatever columns are shown', async () => {
  const drawing = await draw('open=*', diamondGraph);
  const { graph, shown, layout } = drawing;
  shown.edges.forEach(({ from, to }, i) => {
    const line = layout.lines[i] ?? [];
    const [start, end] = [from, to].map((n) => placeOf(drawing, graph.nodes[n]?.name ?? ''));
    if (start === undefined || end === undefined) throw new Error('no place');
    expectNear(line[0], start.x + start.box.width, start.y + headHeight / 2);
    expectNear(line.at(-1), end.x, end.y + headHeight / 2);
  });
});

test('Edges of columns lead from column to column', async () => {
  const drawing = await draw('open=*', diamondGraph);
  const { shown, layout } = drawing;
  const line = layout.lines[shown.edges.length + 1] ?? [];
  // raw.amount -> clean.amount, the second column of both.
  const [raw, clean] = [placeOf(drawing, 'raw'), placeOf(drawing, 'clean')];
  const second = headHeight + rowHeight * 1.5;
  expectNear(line[0], raw.x + raw.box.width, raw.y + second);
  expectNear(line.at(-1), clean.x, clean.y + second);
  expect(layout.lines).toHaveLength(shown.edges.length + shown.columnEdges.length);
});

test('A box is as wide as its longest text, and long names lose their middle', async () => {
  const drawing = await draw('open=sales', diamondGraph);
  expect(placeOf(drawing, 'sales').box.height).toBe(headHeight + 2 * rowHeight);
  const long = `${'a'.repeat(50)}_end`;
  const { layout } = await draw(
    '',
    graphOfLineage({ nodes: [{ ...diamondGraph.nodes[0]!, name: long }], edges: [] }),
  );
  expect(layout.places[0]?.box.text).toBe(`${'a'.repeat(19)}…${'a'.repeat(15)}_end`);
});

test('Names of any kind are drawn', async () => {
  const { layout, shown } = await draw('open=*', graphOfLineage(nasty));
  expect(layout.places).toHaveLength(nastyNames.length);
  expect(layout.lines.filter((line) => line.length >= 4)).toHaveLength(
    shown.edges.length + shown.columnEdges.length,
  );
});

test('Nothing is a picture too', async () => {
  const { layout } = await draw('layer=none', diamondGraph);
  expect(layout).toMatchObject({ places: [], lines: [] });
});
