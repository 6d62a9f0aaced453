/** Whatever stands in a YAML file: it is read, or refused in a sentence with its file. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { TechstoreError } from '../../src/errors.js';
import { loadProfile, loadProject, parseProperties, parseYaml } from '../../src/project/index.js';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fuzzRuns } from '../helpers/fuzz-runs.js';
import { folderWith } from './in-folder.js';

const keys = fc.constantFrom(
  ...(
    'name description config meta tags tests data_tests columns models sources tables snapshots seeds ' +
    'exposures unit_tests groups owner type given expect rows format input overrides vars constraints ' +
    'docs arguments freshness warn_after count period severity enabled where access group version ' +
    'versions time_spine relation macros quoting constructor __proto__ toString hasOwnProperty outputs ' +
    'target settings threads path extensions profile on-run-start dispatch flags query-comment'
  ).split(' '),
);
const scalars = fc.oneof(
  fc.constantFrom(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    '',
    'a',
    "ref('a')",
    '{{ x }}',
    '{% if',
    '2',
    'duckdb',
    'shop',
  ),
  fc.string({ maxLength: 8 }),
  fc.double(),
  keys,
);
const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalars,
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .array(fc.tuple(keys, tie('value')), { maxLength: 3 })
      .map((pairs) => Object.fromEntries(pairs)),
  ),
})).value;
const sections = fc.constantFrom(
  ...'models seeds snapshots analyses macros sources exposures unit_tests data_tests groups'.split(
    ' ',
  ),
);
/** Files of the right outline, and what goes wrong when one types: pieces that are moved, doubled and cut. */
const files = fc
  .tuple(sections, fc.array(values, { maxLength: 3 }))
  .map(([section, entries]) => stringify({ [section]: entries }));
const pieces = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          'models:',
          '\n',
          '  ',
          '- ',
          'name: a',
          '&x ',
          '*x',
          '<<: *x',
          '{',
          '}',
          '[',
          ']',
          ': ',
          '---',
          '...',
        ],
        ...[
          '\t',
          '"',
          "'",
          '|',
          '>',
          '#',
          '? ',
          '!!int ',
          '%YAML 1.1',
          '\0',
          '\r',
          '\ud800',
          '\u2028',
          '{{ a }}',
        ],
      ),
      keys,
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 16 },
  )
  .map((list) => list.join(''));

/** Runs it, and fails on anything but an answer or an error that a user can act on. */
function isOrderly(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof TechstoreError)) throw error;
    expect(error.message).not.toMatch(/\[object|undefined|at .*\.ts:/);
  }
}

describe('any text in the place of', () => {
  it('a property file', () => {
    fc.assert(
      fc.property(fc.oneof(files, pieces), (text) => {
        isOrderly(() => JSON.stringify(parseProperties(text, 'models/s.yml'), asText));
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });

  it('--vars and other YAML', () => {
    fc.assert(
      fc.property(pieces, (text) => {
        isOrderly(() => JSON.stringify(parseYaml(text, '--vars').value, asText));
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });

  it('dbt_project.yml', () => {
    const texts = fc.oneof(
      fc
        .array(fc.tuple(keys, values), { maxLength: 3 })
        .map((pairs) => stringify({ name: 'shop', profile: 'shop', ...Object.fromEntries(pairs) })),
      pieces,
    );
    const root = folderWith({ 'dbt_project.yml': '' });
    fc.assert(
      fc.property(texts, (text) => {
        writeFileSync(join(root, 'dbt_project.yml'), text);
        isOrderly(() => {
          const project = loadProject(root);
          project.configFor('model', ['shop', 'constructor', '__proto__']);
          project.trees.unusedPaths([]);
        });
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });

  it('profiles.yml', () => {
    const texts = fc.oneof(
      values.map((value) => stringify({ shop: { target: 'dev', outputs: { dev: value } } })),
      fc.array(fc.tuple(keys, values), { maxLength: 3 }).map((pairs) =>
        stringify({
          shop: { outputs: { default: { type: 'duckdb', ...Object.fromEntries(pairs) } } },
        }),
      ),
      pieces,
    );
    const root = folderWith({
      'dbt_project.yml': 'name: shop\nprofile: shop\n',
      'profiles.yml': '',
    });
    const project = loadProject(root);
    fc.assert(
      fc.property(texts, (text) => {
        writeFileSync(join(root, 'profiles.yml'), text);
        isOrderly(() => loadProfile(project, { env: {}, render: (given) => given }));
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });
});

function asText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
