import { describe, expect, it } from 'vitest';
import { loadProject } from '../../src/project/load-project.js';
import { errorOf, folderWith } from './in-folder.js';

const load = (yaml: string, more: Record<string, string> = {}) =>
  loadProject(folderWith({ 'dbt_project.yml': yaml, ...more }));
const failure = (yaml: string, more: Record<string, string> = {}) =>
  errorOf(() => load(yaml, more));

describe('a small project file', () => {
  const project = () => load('name: shop\nprofile: shop_profile\n');

  it('gets the defaults of dbt', () => {
    expect(project()).toMatchObject({
      name: 'shop',
      version: null,
      profile: 'shop_profile',
      paths: {
        models: ['models'],
        seeds: ['seeds'],
        tests: ['tests'],
        analyses: ['analyses'],
        macros: ['macros'],
        snapshots: ['snapshots'],
        assets: [],
      },
      targetPath: 'target',
      logPath: 'logs',
      packagesInstallPath: 'dbt_packages',
      cleanTargets: ['target'],
      onRunStart: [],
      onRunEnd: [],
      dispatch: [],
      quoting: {},
      queryComment: undefined,
      warnings: [],
    });
  });

  it('looks for docs in every resource folder', () => {
    expect(project().paths.docs).toEqual([
      'models',
      'seeds',
      'snapshots',
      'analyses',
      'macros',
      'tests',
    ]);
  });
});

describe('a full project file', () => {
  it('is read', () => {
    const project = load(
      [
        'name: shop',
        'version: 1.0',
        'config-version: 2',
        'model-paths: [models, more]',
        'test-paths: [data-tests]',
        'target-path: out',
        'clean-targets: [out, logs]',
        'on-run-start: "select 1"',
        'on-run-end:',
        '  - |',
        '    grant select',
        '  - "{{ done() }}"',
        'dispatch:',
        '  - macro_namespace: dbt',
        '    search_order: [shop, dbt]',
        'quoting: {identifier: false, project: true}',
        'query-comment: {comment: by the shop, append: true}',
        'require-dbt-version: [">=1.5.0", "<2.0.0"]',
        'flags: {fail_fast: true}',
      ].join('\n'),
    );
    expect(project).toMatchObject({
      version: '1.0',
      paths: { models: ['models', 'more'], tests: ['data-tests'] },
      targetPath: 'out',
      cleanTargets: ['out', 'logs'],
      onRunStart: [{ sql: 'select 1', place: { line: 8, column: 15 }, line: 8 }],
      onRunEnd: [
        { sql: 'grant select\n', place: { line: 10 }, line: 11 },
        { sql: '{{ done() }}', place: { line: 12 }, line: 12 },
      ],
      dispatch: [{ macroNamespace: 'dbt', searchOrder: ['shop', 'dbt'] }],
      quoting: { identifier: false, database: true },
      queryComment: { comment: 'by the shop', append: true },
      requireDbtVersion: ['>=1.5.0', '<2.0.0'],
      flags: { fail_fast: true },
      warnings: [
        { message: "'flags' has settings without effect: fail_fast" },
        { message: "'query-comment' has no effect: techstore sends statements without comments" },
      ],
    });
  });

  it.each([
    ['flags: {warn_error: true, send_anonymous_usage_stats: false}', []],
    ['flags: {b: true, a: true}', ["'flags' has settings without effect: a, b"]],
    ['dispatch: [{macro_namespace: dbt, search_order: [shop, dbt]}]', []],
    ['query-comment: ""', []],
    [
      'query-comment: by the shop',
      ["'query-comment' has no effect: techstore sends statements without comments"],
    ],
    ['log-path: logs', []],
    ['log-path: out/logs', ["'log-path' has no effect: techstore writes no log file"]],
  ])('tells what has no effect: %s', (line, messages) => {
    const { warnings } = load(`name: shop\n${line}\n`);
    expect(warnings.map(({ message }) => message)).toEqual(messages);
  });

  it('takes an empty query-comment as none', () => {
    expect(load('name: shop\nquery-comment:\n').queryComment).toBeNull();
    expect(load('name: shop\nquery-comment: ""\n').queryComment).toBeNull();
  });
});

describe('variables', () => {
  const yaml =
    'name: shop\nvars:\n  day: 1\n  limit: 10\n  shop:\n    limit: 20\n  other: {x: 1}\n';
  const root = () => folderWith({ 'dbt_project.yml': yaml });

  it('of the package win over those of the file', () => {
    const vars = loadProject(root()).vars.forPackage('shop');
    expect(vars.get('limit')).toBe(20);
    expect(vars.get('day')).toBe(1);
  });
  it('of another package stay away', () => {
    expect(loadProject(root()).vars.forPackage('dbt').get('limit')).toBe(10);
    expect(loadProject(root()).vars.forPackage('shop').has('x')).toBe(false);
  });
  it('of the command line win over all', () => {
    const { vars } = loadProject(root(), { vars: { limit: 5, extra: null } });
    expect(vars.forPackage('shop').get('limit')).toBe(5);
    expect(vars.forPackage('shop').get('extra')).toBeNull();
  });
});

describe('faults', () => {
  it('are all told, each with its place', () => {
    const error = failure('name: 1shop\nmodel-paths: models\nvars: [a]\n');
    expect(error.code).toBe('project');
    expect(error.message.split('\n')).toEqual([
      'dbt_project.yml has 3 errors:',
      '  dbt_project.yml:1:7: name must be letters, digits and underscores, and not begin with a digit',
      "  dbt_project.yml:2:14: model-paths must be a list, not the text 'models'",
      '  dbt_project.yml:3:1: vars must be a map of keys, not a list',
    ]);
  });
  it('name a missing key', () => {
    expect(failure('profile: shop\n').message).toBe("'name' is missing");
  });
  it.each(['target', 'model', 'this'])('refuse the reserved name %s', (name) => {
    expect(failure(`name: ${name}\n`).message).toMatch(/is a reserved name/);
  });
  it('refuse an old version of the format', () => {
    const error = failure('name: shop\nconfig-version: 1\n');
    expect(error.message).toBe('config-version must be one of 2, not 1');
    expect(error.place).toEqual({ file: 'dbt_project.yml', line: 2, column: 17 });
    expect(error.excerpt).toContain('config-version: 1');
  });
  it('refuse old names of keys', () => {
    const error = failure('name: shop\nsource-paths: [models]\n');
    expect(error.message).toBe("'source-paths' is a deprecated name");
    expect(error.hint).toBe("Rename it to 'model-paths'.");
  });
  it('refuse tests under both names', () => {
    const error = failure('name: shop\ntests: {shop: {+a: 1}}\ndata_tests: {shop: {+a: 1}}\n');
    expect(error.message).toMatch(/two names for the same key/);
    expect(error.place?.line).toBe(2);
  });
  it('refuse a list as the whole file', () => {
    expect(failure('- name: shop\n').message).toMatch(/must be a map of keys, not a list/);
  });
  it('tell of an empty file', () => {
    expect(failure('# nothing\n').message).toBe('dbt_project.yml is empty');
  });
  it('tell where there is no project', () => {
    const error = errorOf(() => loadProject(folderWith({ 'readme.md': '' })));
    expect(error.message).toMatch(/^dbt_project\.yml was not found in /);
    expect(error.hint).toMatch(/--project-dir/);
  });
});

describe('warnings', () => {
  const warnings = (yaml: string, more: Record<string, string> = {}) => load(yaml, more).warnings;

  it('name an unknown key and the one that was meant', () => {
    expect(warnings('name: shop\nmodels-paths: [x]\n')).toEqual([
      {
        message: "the key 'models-paths' is unknown and is ignored",
        place: { file: 'dbt_project.yml', line: 2, column: 1 },
        hint: "Did you mean 'model-paths'?",
      },
    ]);
  });
  it('say what is not supported', () => {
    expect(warnings('name: shop\nsemantic-models: {}\n')[0]).toMatchObject({
      message: "'semantic-models' is not supported and is ignored",
      hint: 'The semantic layer is not supported.',
    });
  });
  it('tell of an unknown key inside a key', () => {
    expect(warnings('name: shop\nquoting: {identifer: true}\n')[0]).toMatchObject({
      message: "quoting: the key 'identifer' is unknown and is ignored",
      hint: "Did you mean 'identifier'?",
    });
  });
  it('tell of a map configuration without its plus', () => {
    expect(warnings('name: shop\nmodels:\n  shop:\n    contract: {enforced: true}\n')[0]).toEqual({
      message: "'contract' has no plus sign, so it names a folder and has no effect",
      place: { file: 'dbt_project.yml', line: 4, column: 5 },
      hint: "Write '+contract:'.",
    });
  });
  it.each([
    ['>=1.5.0', 0],
    ['>=1.5.0,<2.0.0', 0],
    ['<1.5.0', 1],
    ['=1.11.0', 0],
    ['>1.11', 1],
  ])('weigh the required version %s', (bounds, count) => {
    expect(warnings(`name: shop\nrequire-dbt-version: "${bounds}"\n`)).toHaveLength(count);
  });
  it('tell that .dbtignore does nothing', () => {
    expect(warnings('name: shop\n', { '.dbtignore': 'old/' })[0]?.message).toMatch(/\.dbtignore/);
  });
});
