/** `npm run bench`: every measurement, one after the other. Arguments choose: help, customers-top, csv and so on. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compile, install, root, run } from './lib/setup.mjs';

install();
compile();
const all = [
  'help',
  'jinja',
  'unchanged',
  'one-changed',
  'publish',
  'customers-top',
  'seeds',
  'large',
  'csv',
  'diff',
  'export',
  'lineage',
  'docs',
  'lineage-page',
  'plan',
  'serve',
];
const wanted = process.argv.slice(2).filter((name) => !name.startsWith('-'));
for (const name of wanted.length === 0 ? all : wanted) {
  const file = join(root, 'bench', `${name}.mjs`);
  if (!existsSync(file)) {
    console.error(`There is no measurement '${name}'. There are: ${all.join(', ')}`);
    process.exit(2);
  }
  run(process.execPath, [file]);
}
