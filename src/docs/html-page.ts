/** One HTML file that needs nothing but itself, neither a network nor a server. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** The same from `src` and from `dist`: bundles are made by `npm run build`. */
const bundles = new URL('../../dist/pages/', import.meta.url);

export interface HtmlPage {
  readonly title: string;
  /** The page of src/docs/page to run: `NAME.js` and `NAME.css` of dist/pages. */
  readonly bundle: 'lineage' | 'site';
  /** For the page: it reads the text of `#data` as JSON. */
  readonly data: unknown;
}

/**
 * The page runs its own script and style by their hashes, and nothing else. It may make WebAssembly (Graphviz)
 * and show pictures that it made itself (PNG); it can ask no server for anything.
 */
export async function htmlPage({ title, bundle, data }: HtmlPage): Promise<string> {
  const [script, style] = await Promise.all(
    ['js', 'css'].map((ending) => readFile(new URL(`${bundle}.${ending}`, bundles), 'utf8')),
  );
  if (script === undefined || style === undefined) throw new Error('A bundle has two files.');
  const policy = [
    "default-src 'none'",
    `script-src '${hash(script)}' 'wasm-unsafe-eval'`,
    `style-src '${hash(style)}'`,
    'img-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<div id="app"></div>
<noscript><p class="noscript">This page needs JavaScript.</p></noscript>
<script type="application/json" id="data">${jsonInHtml(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** No text of the project can end the element that it stands in. */
function jsonInHtml(data: unknown): string {
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
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
