/**
 * Checks of the imports that eslint can not make, as part of `npm run lint`: circles, and folders
 * that are entered past their door. docs/architecture.md tells both rules. Types count as imports.
 */
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Folders of src that have an index.ts, as `src/engine/duckdb`. */
const doors = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((file) => `src/${file.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('/index.ts'))
  .map((file) => dirname(file));

/**
 * Files that may be imported past the door of their folder. A command has to be at once where it
 * needs these, and the door would load much more.
 */
const light = [
  // What lies in a DuckDB file and beside it, and who has it open, is told without the driver.
  'src/engine/duckdb/file-lock.ts',
  'src/engine/duckdb/logs.ts',
  'src/engine/duckdb/registry.ts',
  'src/engine/duckdb/storage-file.ts',
  // What is known of an engine without its driver.
  'src/engine/duckdb/capabilities.ts',
  'src/engine/duckdb/dialect.ts',
  'src/engine/databricks/capabilities.ts',
  'src/engine/databricks/dialect.ts',
  // A build in which nothing changed writes the artifacts of the last one again.
  'src/artifacts/restamp.ts',
  'src/artifacts/write-artifact.ts',
  // Rows of unit tests are read when a project is parsed.
  'src/sources/small-csv.ts',
];

/** What pages in a browser take of the program: it needs no Node, and its neighbours behind the door do. */
const forBrowsers = [
  'src/lineage/lineage.ts',
  'src/lineage/layers.ts',
  'src/lineage/formats/mermaid.ts',
];

/** A pattern for exactly this path. */
const exactly = (path) => `^${path.replaceAll('.', '\\.')}$`;

export default {
  forbidden: [
    {
      name: 'no-circle',
      comment:
        'Two files that need each other are one, or a third is missing: move what both need there.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'page-in-browser',
      comment:
        'src/docs/page runs in a browser: it may import itself, src/dashboard, and the files that forBrowsers names.',
      severity: 'error',
      from: { path: '^src/docs/page/' },
      to: {
        pathNot: ['^src/(docs/page|dashboard)/', '^node_modules/', ...forBrowsers.map(exactly)],
      },
    },
    ...doors.map((door) => ({
      name: `door-of-${door.replace('src/', '').replaceAll('/', '-')}`,
      comment: `Import ${door}/index.js, or add what you need to it.`,
      severity: 'error',
      from: { path: '^src/', pathNot: `^${door}/` },
      to: {
        path: `^${door}/`,
        pathNot: [exactly(`${door}/index.ts`), ...light.map(exactly), ...forBrowsers.map(exactly)],
        // import() names a file in order to load that one alone.
        dependencyTypesNot: ['dynamic-import'],
      },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
