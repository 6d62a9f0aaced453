import js from '@eslint/js';
import ts from 'typescript-eslint';

/**
 * Which folder of src may import which: docs/architecture.md tells why. A folder
 * may always import itself, `errors` and `ground`.
 */
const mayImport = {
  ground: [],
  manifest: [],
  jinja: [],
  sources: ['engine'],
  engine: [],
  builds: ['engine', 'manifest', 'project'],
  format: ['manifest'],
  project: ['manifest'],
  dbt: ['jinja', 'manifest', 'project', 'engine'],
  graph: ['manifest'],
  run: ['jinja', 'manifest', 'project', 'dbt', 'graph', 'engine', 'sources', 'builds'],
  artifacts: ['manifest', 'graph'],
  export: ['engine', 'format', 'builds', 'manifest'],
  diff: ['engine', 'manifest'],
  lineage: ['manifest', 'graph', 'engine', 'format'],
  metrics: ['engine'],
  // It runs in a browser, and knows the rest only through the API.
  dashboard: [],
  server: ['engine', 'builds', 'manifest', 'project', 'metrics', 'format', 'lineage'],
  cli: [
    'manifest',
    'project',
    'jinja',
    'dbt',
    'graph',
    'engine',
    'sources',
    'run',
    'builds',
    'artifacts',
    'export',
    'diff',
    'format',
    'metrics',
    'lineage',
    'server',
  ],
};

/** The rooms of src/jinja and which of the others each may import; src/jinja/index.ts tells why. */
const roomsOfJinja = {
  values: [],
  parse: ['values'],
  filters: ['values', 'parse'],
  run: ['values', 'parse', 'filters'],
};

/** Folders that others import by their index.ts only. */
const behindIndex = ['jinja'];

function layerPatterns(folder) {
  const allowed = mayImport[folder];
  const forbidden = Object.keys(mayImport).filter(
    (f) => f !== folder && f !== 'ground' && !allowed.includes(f),
  );
  const closed = behindIndex.filter((f) => allowed.includes(f));
  return [
    ...(forbidden.length === 0
      ? []
      : [
          {
            regex: `^(\\.\\./)+(${forbidden.join('|')})/`,
            message: `src/${folder} may import only: ${['errors', 'ground', ...allowed].join(', ')} (docs/architecture.md).`,
          },
        ]),
    ...closed.map((f) => ({
      regex: `^(\\.\\./)+${f}/(?!index\\.js$)`,
      message: `Other folders import src/${f} by its index.ts only (docs/architecture.md).`,
    })),
    ...(folder === 'engine'
      ? []
      : [
          {
            regex: '^@duckdb/|^@databricks/',
            message: 'Only src/engine imports a database driver.',
          },
        ]),
  ];
}

function roomPatterns(room) {
  const allowed = roomsOfJinja[room];
  const forbidden = Object.keys(roomsOfJinja).filter((r) => r !== room && !allowed.includes(r));
  return forbidden.length === 0
    ? []
    : [
        {
          regex: `^(\\.\\./)+(${forbidden.join('|')})/`,
          message: `src/jinja/${room} may import of src/jinja only: ${[room, ...allowed].join(', ')} (src/jinja/index.ts).`,
        },
      ];
}

function restricted(files, patterns) {
  return { files, rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] } };
}

const layers = [
  ...Object.keys(mayImport).map((folder) =>
    restricted([`src/${folder}/**/*.{ts,tsx}`], layerPatterns(folder)),
  ),
  ...Object.keys(roomsOfJinja).map((room) =>
    restricted([`src/jinja/${room}/**/*.ts`], [...roomPatterns(room), ...layerPatterns('jinja')]),
  ),
];

export default ts.config(
  { ignores: ['dist/', 'target/', 'coverage/', '.cache/', '.venv/', 'fixtures/'] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
  {
    files: ['src/**/*.{ts,tsx}', 'test/**/*.ts'],
    extends: [...ts.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // Numbers and unions of literals read well inside a template.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // An interface may promise a Promise that one of its engines has at once.
      '@typescript-eslint/require-await': 'off',
    },
  },
  { files: ['src/**/*.{ts,tsx}'], rules: { 'no-console': 'error' } },
  {
    files: ['**/*.mjs', '**/*.js', 'bench/**', 'scripts/**', 'bin/**'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        performance: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
      },
    },
  },
  {
    files: ['src/lineage/page/*.js'],
    languageOptions: { globals: { document: 'readonly', window: 'readonly' } },
  },
  {
    // Loading these by `import` costs every command more than all the rest of its start.
    files: ['src/**/*.ts'],
    ignores: ['src/engine/duckdb/driver.ts', 'src/cli/commander.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "ImportDeclaration[importKind='value'][source.value='@duckdb/node-api']:has(ImportSpecifier[importKind='value'])",
          message: 'Take values of the driver from src/engine/duckdb/driver.ts.',
        },
        {
          selector:
            "ImportDeclaration[importKind='value'][source.value='commander']:has(ImportSpecifier[importKind='value'])",
          message: 'Take values of commander from src/cli/commander.ts.',
        },
      ],
    },
  },
  ...layers,
);
