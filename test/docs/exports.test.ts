/** Files that the page makes: SVG, Mermaid, and their names. */
import { Window } from 'happy-dom';
import { describe, expect, test } from 'vitest';
import { fileName } from '../../src/docs/page/lineage/file-name.js';
import { mermaidText } from '../../src/docs/page/lineage/mermaid-text.js';
import { lightPaint } from '../../src/docs/page/lineage/paint.js';
import { svgText } from '../../src/docs/page/lineage/svg-text.js';
import { lineageMermaid } from '../../src/lineage/index.js';
import { diamond, diamondColumns, nasty, nastyNames } from '../lineage/small.js';
import { draw, measure } from './drawing.js';
import { diamondGraph, graphOfLineage, shownAt } from './small-graph.js';

async function svgAt(address: string, graph = diamondGraph) {
  const { text, width, height } = svgText(
    await draw(address, graph),
    'Lineage of <shop>',
    lightPaint,
    measure,
  );
  const document = new new Window().DOMParser().parseFromString(text, 'image/svg+xml');
  expect(document.querySelector('parsererror')?.textContent).toBeUndefined();
  const texts = [...document.querySelectorAll('text')];
  return { text, width, height, document, texts };
}

describe('The SVG', () => {
  test('has a name for each table and column that is shown, and a line for each edge', async () => {
    const { document, texts } = await svgAt('open=sales');
    expect(texts.map((t) => t.textContent).sort()).toEqual(
      ['clean', 'odd ?', 'people', 'raw', 'report', 'sales', 'total'].sort(),
    );
    expect(document.querySelectorAll('path[stroke]')).toHaveLength(5);
    expect(document.querySelector('title')?.textContent).toBe('Lineage of <shop>');
  });

  test('is as large as it says, and keeps the width of its texts in any font', async () => {
    const { document, width, height, texts } = await svgAt('');
    const root = document.documentElement;
    expect(root.getAttribute('viewBox')).toBe(`-16 -16 ${width} ${height}`);
    expect(texts.find((t) => t.textContent === 'clean')?.getAttribute('textLength')).toBe('35');
    expect(root.getAttribute('font-family')).toContain('sans-serif');
  });

  test('has the colours of layers and of what is lit', async () => {
    const { text } = await svgAt('focus=sales&column=total');
    expect(text).toContain('#d5ecf2');
    expect(text.split(`stroke="${lightPaint.strong}"`).length).toBeGreaterThan(4);
    expect(text).toContain('opacity="0.25"');
  });

  test('has names of any kind as text, and nothing that runs or loads', async () => {
    const { text, document, texts } = await svgAt('open=*', graphOfLineage(nasty));
    expect(document.querySelectorAll('script, b, image, style, a')).toHaveLength(0);
    expect(text).not.toMatch(/href|url\(|\son\w+=/);
    // eslint-disable-next-line no-control-regex -- what must not be there
    expect(text).not.toMatch(/[\u001b\u202e]/);
    const shown = texts.map((t) => t.textContent);
    expect(shown).toContain("with 'single' quotes");
    expect(shown).toContain('<b>bold</b> <!-- no -->--> ]]>');
    expect(shown).toHaveLength(2 * nastyNames.length);
  });
});

describe('The Mermaid text', () => {
  test('is that of the command line for the same selection', () => {
    expect(mermaidText(diamondGraph, shownAt(''))).toBe(lineageMermaid(diamond));
    expect(mermaidText(diamondGraph, shownAt('open=*'))).toBe(lineageMermaid(diamondColumns));
  });

  test('keeps the edge of two open tables whose columns have none', () => {
    const text = mermaidText(diamondGraph, shownAt('focus=sales&open=*'));
    expect(text).toContain('  n1c1 --> n3c0');
    expect(text).not.toContain('  n1 --> n3');
    const { columns, ...lineage } = diamondColumns;
    const unknown = columns?.map((column) => ({ ...column, sources: null })) ?? [];
    expect(lineageMermaid({ ...lineage, columns: unknown })).toContain('  n1 --> n3');
  });

  test('has only what is shown', () => {
    expect(
      mermaidText(diamondGraph, shownAt('focus=people&only=1&up=1&down=0')).split('\n'),
    ).toEqual([
      'flowchart LR',
      '  n0["clean"]:::layer0',
      '  n1["people"]:::layer1',
      '  n0 --> n1',
      '  classDef layer0 fill:#e3e6ea,stroke:#6c7784,color:#1a1a1a',
      '  classDef layer1 fill:#fbecb6,stroke:#b18a12,color:#1a1a1a',
      '',
    ]);
  });
});

test('Files are named after the project and what is followed', () => {
  expect(fileName('shop', null, 'svg')).toBe('shop-lineage.svg');
  expect(fileName('shop', 'sales.total', 'png')).toBe('shop-lineage-sales.total.png');
  expect(fileName('../a/b:c', 'x "y"', 'mmd')).toBe('__a_b_c-lineage-x_y_.mmd');
  expect(fileName('a'.repeat(500), null, 'svg')).toHaveLength(124);
});
