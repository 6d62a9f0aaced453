/**
 * Which folder of src may import which: docs/architecture.md tells why. A folder
 * may always import itself, the files that lie in src itself, and `ground`. What nothing imports is not in it:
 * a test compares it with the imports, and with the table of that page.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const mayImport = {
  ground: [],
  manifest: [],
  jinja: [],
  sources: ['engine'],
  engine: [],
  builds: ['engine', 'manifest', 'project'],
  format: ['manifest'],
  project: ['manifest'],
  // Templates see nodes as manifest.json has them.
  dbt: ['jinja', 'manifest', 'project', 'engine', 'sources', 'artifacts'],
  packages: ['jinja', 'project'],
  graph: ['manifest'],
  plan: ['manifest', 'project', 'dbt', 'graph', 'engine', 'sources', 'lineage'],
  run: ['jinja', 'manifest', 'project', 'dbt', 'graph', 'engine', 'sources', 'builds', 'plan'],
  artifacts: ['manifest'],
  export: ['engine', 'format', 'manifest'],
  diff: ['engine', 'manifest'],
  lineage: ['manifest', 'graph', 'engine', 'format'],
  catalog: ['engine', 'builds', 'manifest'],
  metrics: ['engine'],
  // Its folder `page` runs in a browser: page-in-browser in .dependency-cruiser.mjs holds it apart.
  docs: ['manifest', 'graph', 'lineage', 'engine', 'metrics', 'artifacts', 'format', 'dashboard'],
  // It runs in a browser, and knows the rest only through the API.
  dashboard: [],
  server: ['engine', 'builds', 'metrics', 'format', 'lineage'],
  cli: [
    'manifest',
    'project',
    'packages',
    'jinja',
    'dbt',
    'graph',
    'engine',
    'run',
    'plan',
    'builds',
    'artifacts',
    'export',
    'diff',
    'format',
    'metrics',
    'lineage',
    'docs',
    'catalog',
    'server',
  ],
};
