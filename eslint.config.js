import js from '@eslint/js';
import ts from 'typescript-eslint';
import { mayImport } from './scripts/lib/layers.mjs';

/** Loading these by `import` costs every command more than all the rest of its start: one file does. */
const takesValues = ['src/engine/duckdb/driver.ts', 'src/cli/commander.ts'];
const startCost = [
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
];

/** The rooms of src/jinja and which of the others each may import; src/jinja/index.ts tells why. */
const roomsOfJinja = {
  values: [],
  parse: ['values'],
  filters: ['values', 'parse'],
  run: ['values', 'parse', 'filters'],
};

/** The same for `from '...'` and for `import('...')`. */
function layer(folder, prefix, allowed, room = null) {
  const forbidden = Object.keys(mayImport).filter(
    (f) => f !== folder && f !== 'ground' && !allowed.includes(f),
  );
  const restrictions = [
    ...(forbidden.length === 0
      ? []
      : [
          {
            regex: `^(${prefix})+(${forbidden.join('|')})/`,
            message: `${folder === null ? 'A file of src itself' : `src/${folder}`} may import only ${['files of src itself', ...allowed].join(', ')} (docs/architecture.md).`,
          },
        ]),
    ...(folder === 'engine'
      ? []
      : [
          {
            regex: '^@duckdb/|^@databricks/',
            message: 'Only src/engine imports a database driver.',
          },
        ]),
  ];
  if (room !== null) {
    const closed = Object.keys(roomsOfJinja).filter(
      (r) => r !== room && !roomsOfJinja[room].includes(r),
    );
    if (closed.length > 0)
      restrictions.push({
        regex: `^(\\.\\./)+(${closed.join('|')})/`,
        message: `src/jinja/${room} may import of src/jinja only: ${[room, ...roomsOfJinja[room]].join(', ')} (src/jinja/index.ts).`,
      });
  }
  const dynamic = restrictions.map(({ regex, message }) => ({
    selector: `ImportExpression > Literal[value=/${regex.replaceAll('/', '\\/')}/]`,
    message,
  }));
  const rules = (syntax) => ({
    '@typescript-eslint/no-restricted-imports': ['error', { patterns: restrictions }],
    'no-restricted-syntax': ['error', ...syntax],
  });
  const path = room === null ? folder : `${folder}/${room}`;
  const files = folder === null ? ['src/*.ts'] : [`src/${path}/**/*.{ts,tsx}`];
  return [
    { files, ignores: takesValues, rules: rules([...startCost, ...dynamic]) },
    {
      files: takesValues.filter((file) => file.startsWith(`src/${path}/`)),
      rules: rules(dynamic),
    },
  ].filter((config) => config.files.length > 0);
}

const layers = [
  ...layer(null, '\\./', []),
  ...Object.entries(mayImport).flatMap(([folder, allowed]) => layer(folder, '\\.\\./', allowed)),
  ...Object.keys(roomsOfJinja).flatMap((room) => layer('jinja', '\\.\\./', mayImport.jinja, room)),
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
  ...layers,
);
