/** `--html`: one page that needs nothing but itself, neither a network nor a server. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { columnKey, columnsByNode } from '../columns-of.js';
import { layerColours } from '../layers.js';
import type { Lineage } from '../lineage.js';
import { lineageSvg } from './svg.js';

const folder = fileURLToPath(new URL('../../../src/lineage/page/', import.meta.url));

export interface PageOptions {
  readonly title: string;
  /** Id of the node that the page opens on. Default: none, the whole graph. */
  readonly focus?: string | null;
}

export async function lineageHtml(lineage: Lineage, options: PageOptions): Promise<string> {
  const [svg, style, view, page] = await Promise.all([
    lineageSvg(lineage, { forPage: true }),
    readFile(`${folder}lineage.css`, 'utf8'),
    readFile(`${folder}view.js`, 'utf8'),
    readFile(`${folder}lineage.js`, 'utf8'),
  ]);
  const script = `${view}\n${page}`;
  // What stands before the picture is for files, not for pages.
  const picture = svg.slice(svg.indexOf('<svg'));
  const title = escaped(options.title);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src '${hash(script)}'; style-src '${hash(style)}'; base-uri 'none'; form-action 'none'">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<input id="search" type="search" placeholder="Search (/)" aria-label="Search tables and columns" autocomplete="off" spellcheck="false">
<select id="layer" aria-label="Layer"><option value="">All layers</option></select>
<select id="tag" aria-label="Tag"><option value="">All tags</option></select>
<span class="buttons">
<button id="out" type="button" aria-label="Zoom out">&minus;</button>
<button id="in" type="button" aria-label="Zoom in">+</button>
<button id="all" type="button">Show all</button>
</span>
</header>
<main>
<div id="graph" tabindex="0" role="group" aria-label="Lineage graph. Arrow keys move it, plus and minus zoom, Tab goes through the tables, Enter focuses one, Escape shows all.">${picture}</div>
<ul id="legend" aria-label="Colours of the layers"></ul>
<aside id="details" aria-live="polite"></aside>
</main>
<script type="application/json" id="data">${dataJson(lineage, options.focus ?? null)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** Nodes and columns by their places, as the ids of the picture (`n0`, `n0c3`) count them. */
function dataJson(lineage: Lineage, focus: string | null): string {
  const { nodes, edges, columns, gaps = {} } = lineage;
  const index = new Map(nodes.map(({ id }, i) => [id, i]));
  const byNode = columnsByNode(columns);
  const ids = new Map<string, string>();
  for (const [node, list] of byNode) {
    list.forEach((column, i) => ids.set(columnKey(column), `n${index.get(node) ?? 0}c${i}`));
  }
  const data = {
    focus: focus === null ? null : (index.get(focus) ?? null),
    colours: Object.fromEntries(layerColours(nodes)),
    nodes: nodes.map(({ id, name, type, layer, tags, materialized, description, path }) => ({
      name,
      type,
      layer,
      tags,
      materialized,
      description,
      path,
      gap: gaps[id] ?? null,
      columns: (byNode.get(id) ?? []).map((column) => ({
        name: column.column,
        type: column.type,
        sources:
          column.sources?.flatMap((source) => {
            const from = ids.get(columnKey(source));
            return from === undefined ? [] : [{ from, how: source.how }];
          }) ?? null,
      })),
    })),
    edges: edges.map(({ from, to }) => [index.get(from), index.get(to)]),
  };
  // No text of the project can end the element that it stands in.
  return JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (c) => {
    return `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
