/** Bundles src/dashboard into dist/dashboard: a page whose files have their hash in their name. */
import { buildSync } from 'esbuild';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './lib/setup.mjs';

const source = join(root, 'src', 'dashboard');
const out = join(root, 'dist', 'dashboard');
rmSync(out, { recursive: true, force: true });

const { metafile } = buildSync({
  entryPoints: {
    app: join(source, 'main.tsx'),
    style: join(source, 'styles', 'index.css'),
    icon: join(source, 'icon.svg'),
  },
  outdir: join(out, 'assets'),
  entryNames: '[name]-[hash]',
  loader: { '.svg': 'copy' },
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['chrome123', 'firefox120', 'safari17.5'],
  tsconfig: join(source, 'tsconfig.json'),
  absWorkingDir: root,
  metafile: true,
  logLevel: 'warning',
});

const names = Object.keys(metafile.outputs).map((path) => basename(path));
/** @param {RegExp} pattern */
const urlOf = (pattern) => `/dashboard/assets/${names.find((name) => pattern.test(name))}`;
const page = readFileSync(join(source, 'index.html'), 'utf8')
  .replace('{script}', urlOf(/^app-.*\.js$/))
  .replace('{style}', urlOf(/^style-.*\.css$/))
  .replace('{icon}', urlOf(/^icon-.*\.svg$/));
mkdirSync(out, { recursive: true });
writeFileSync(join(out, 'index.html'), page);

// What is in the bundle of others may be passed on with their licences.
const licences = ['preact', 'uplot'].map((name) => {
  const text = readFileSync(join(root, 'node_modules', name, 'LICENSE'), 'utf8');
  return `${name}\n\n${text.trim()}\n`;
});
writeFileSync(join(out, 'licenses.txt'), licences.join('\n\n'));
