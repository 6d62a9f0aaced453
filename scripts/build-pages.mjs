/**
 * Bundles the pages for browsers: src/dashboard into dist/dashboard, files with their hash in their names;
 * the pages of src/docs into dist/pages, a script and a style each, for src/docs/html-page.ts to put into one file.
 */
import { buildSync } from 'esbuild';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './lib/setup.mjs';

/** Entries in src/docs/page: `NAME.js` and `NAME.css` of dist/pages are made of each. */
const documents = ['lineage', 'site'];

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  minify: true,
  target: ['chrome123', 'firefox120', 'safari17.5'],
  absWorkingDir: root,
  metafile: true,
  logLevel: 'warning',
};

buildDashboard();
buildDocuments();

function buildDashboard() {
  const source = join(root, 'src', 'dashboard');
  const out = join(root, 'dist', 'dashboard');
  rmSync(out, { recursive: true, force: true });
  const { metafile } = buildSync({
    ...shared,
    entryPoints: {
      app: join(source, 'main.tsx'),
      style: join(source, 'styles', 'index.css'),
      icon: join(source, 'icon.svg'),
    },
    outdir: join(out, 'assets'),
    entryNames: '[name]-[hash]',
    loader: { '.svg': 'copy' },
    format: 'esm',
    tsconfig: join(source, 'tsconfig.json'),
  });

  const names = Object.keys(metafile?.outputs ?? {}).map((path) => basename(path));
  /** @param {RegExp} pattern */
  const urlOf = (pattern) => `/dashboard/assets/${names.find((name) => pattern.test(name))}`;
  const page = readFileSync(join(source, 'index.html'), 'utf8')
    .replace('{script}', urlOf(/^app-.*\.js$/))
    .replace('{style}', urlOf(/^style-.*\.css$/))
    .replace('{icon}', urlOf(/^icon-.*\.svg$/));
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'index.html'), page);
  writeLicences(out, ['preact', 'uplot']);
}

function buildDocuments() {
  const source = join(root, 'src', 'docs', 'page');
  const out = join(root, 'dist', 'pages');
  rmSync(out, { recursive: true, force: true });
  buildSync({
    ...shared,
    // A script and a style of the same name are two entries.
    entryPoints: documents.flatMap((name) => [
      { in: join(source, name, 'main.tsx'), out: name },
      { in: join(source, name, 'style.css'), out: name },
    ]),
    outdir: out,
    format: 'iife',
    tsconfig: join(source, 'tsconfig.json'),
  });
  writeLicences(out, ['preact', '@hpcc-js/wasm-graphviz', 'markdown-it', 'minisearch', 'prismjs']);
}

/**
 * What is in the bundle of others may be passed on with their licences.
 * @param {string} out
 * @param {readonly string[]} packages
 */
function writeLicences(out, packages) {
  const licences = packages.map((name) => {
    const folder = join(root, 'node_modules', name);
    const file = readdirSync(folder).find((one) => /^licen[cs]e(\.\w+)?$/i.test(one));
    if (file === undefined) throw new Error(`${name} has no licence.`);
    const text = readFileSync(join(folder, file), 'utf8');
    return `${name}\n\n${text.trim()}\n`;
  });
  writeFileSync(join(out, 'licenses.txt'), licences.join('\n\n'));
}
