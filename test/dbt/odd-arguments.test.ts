/** What a template gives to dbt's functions is used, or refused as the template's fault, at its place. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusingBackend } from '../../src/dbt/backend.js';
import { TechstoreError } from '../../src/errors.js';
import { SmallProject } from '../helpers/small-project.js';

let project: SmallProject;
beforeAll(() => {
  project = new SmallProject({ 'models/a.sql': 'select 1 as id' });
});
afterAll(() => project.remove());

function render(template: string): Promise<string> {
  return project.load().compiler.renderText(template, { file: 'models/b.sql' }, null, {
    backend: {
      ...refusingBackend(() => Promise.reject(new TechstoreError('database', 'not asked'))),
      query: async () => ({ columns: [{ name: '__proto__', type: 'INTEGER' }], rows: [[1]] }),
    },
  });
}

describe('Names of prototypes are names like any other', () => {
  it.each([
    ["{{ var('__proto__', 'd') }}{{ var('constructor', 'd') }}", 'dd'],
    ["{{ builtins.constructor }}{{ builtins['__proto__'] }}{{ target.constructor }}|", '|'],
    ["{{ target.get('__proto__', 'd') }}{{ config.get('constructor', 'd') }}", 'dd'],
    ['{{ adapter.__proto__ }}{{ dbt.constructor }}{{ api.Relation.constructor }}|', '|'],
    ['{{ fromjson(\'{"__proto__": 1}\') }}', "{'__proto__': 1}"],
    ["{{ run_query('q').columns['__proto__'].values() }}", '(1,)'],
    ["{{ run_query('q').rows[0].constructor }}|", '|'],
    ["{{ api.Column('a', '__proto__').data_type }}", '__proto__'],
  ])('%s', async (template, expected) => {
    expect(await render(template)).toBe(expected);
  });
});

describe('What can not be is the fault of the template', () => {
  it.each([
    "{{ adapter.quote('a\\0') }}",
    "{{ adapter.quote('') }}",
    "{{ api.Relation.create(identifier='a\\0') }}",
    '{{ adapter.constructor() }}',
    "{{ ref('__proto__') }}",
    "{{ source('__proto__', 'constructor') }}",
    "{{ adapter.dispatch('__proto__') }}",
    '{{ modules.datetime.date(99999, 1, 1) }}',
    '{{ modules.datetime.timedelta(days=1e308) }}',
    '{{ run_started_at + modules.datetime.timedelta(days=99999999) }}',
  ])('%s', async (template) => {
    await expect(render(template)).rejects.toBeInstanceOf(TechstoreError);
    await expect(render(template)).rejects.toMatchObject({ place: { file: 'models/b.sql' } });
  });

  // As in dbt, these give their default; PyYAML would read the first as a list that holds itself.
  it.each(["{{ fromyaml('&a [*a]') }}", '{{ set(ref) }}'])('%s is None', async (template) => {
    expect(await render(template)).toBe('None');
  });

  it('says what a macro of the project says, printed as a template prints it', async () => {
    await expect(render('{{ exceptions.raise_compiler_error({1: none}) }}')).rejects.toThrow(
      '{1: None}',
    );
  });
});
