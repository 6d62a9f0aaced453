import { afterEach, describe, expect, it } from 'vitest';
import { rejectedRowsOf } from '../../src/manifest/rejected-rows.js';
import { errorOf } from '../project/in-folder.js';
import { SmallProject } from '../helpers/small-project.js';

let project: SmallProject | undefined;
afterEach(() => project?.remove());

const right = '{rejected_rows: {table: origin, reason: why}}';

function load(files: Record<string, string>) {
  project?.remove();
  project = new SmallProject({
    'models/kept.sql': 'select 1 as id',
    'models/left_out.sql': "select 'people' as origin, 'no name' as why",
    ...files,
  });
  return project.load();
}
const model = (name: string, meta: string): string =>
  `  - name: ${name}\n    config: {meta: {techstore: ${meta}}}\n`;
const told = (files: Record<string, string>): string[] =>
  load(files).warnings.map(
    ({ message, place, hint }) =>
      `${place?.file ?? ''}:${place?.line ?? ''} ${message}. ${hint ?? ''}`,
  );

describe('the model that holds rows that were set aside', () => {
  it('is the one whose meta says so, whatever it is called', () => {
    const { manifest, warnings } = load({
      'models/m.yml': `models:\n${model('left_out', right)}`,
    });
    expect(rejectedRowsOf(manifest)).toMatchObject({
      model: { name: 'left_out' },
      table: 'origin',
      reason: 'why',
    });
    expect(warnings).toEqual([]);
  });

  it('is said in dbt_project.yml and beside the name as well', () => {
    const ofProject = load({
      'dbt_project.yml': `name: shop\nprofile: shop\nmodels:\n  shop:\n    left_out:\n      +meta: {techstore: ${right}}\n`,
    });
    expect(rejectedRowsOf(ofProject.manifest)?.model.name).toBe('left_out');
    expect(ofProject.warnings).toEqual([]);
    const beside = load({
      'models/m.yml': `models:\n  - {name: left_out, meta: {techstore: ${right}}}\n`,
    });
    expect(rejectedRowsOf(beside.manifest)?.model.name).toBe('left_out');
  });

  it('is none without meta, not even one of the name that this repository uses', () => {
    const { manifest } = load({
      'models/silver_rejected_rows.sql': "select 'a' as source_table, 'b' as reason",
    });
    expect(rejectedRowsOf(manifest)).toBeNull();
  });

  it.each([
    [right.replace('reason:', 'raeson:'), "meta.techstore.rejected_rows: 'reason' is missing"],
    ['{rejected_rows: {table: origin, reason: [why]}}', 'rejected_rows.reason must be a text'],
    ["{rejected_rows: {table: '', reason: why}}", 'meta.techstore.rejected_rows.table must be a'],
    ['{rejected_rows: true}', 'meta.techstore.rejected_rows must be a map of keys, not true'],
    ['[rejected_rows]', 'meta.techstore must be a map of keys, not ["rejected_rows"]'],
  ])('is refused as %s', (meta, message) => {
    const error = errorOf(() => load({ 'models/m.yml': `models:\n${model('left_out', meta)}` }));
    expect(error.code).toBe('project');
    expect(error.message).toContain(message);
    expect(error.place).toMatchObject({ file: 'models/m.yml', line: 2 });
    expect(error.hint).toContain('rejected_rows: {table: source_table, reason: reason}');
  });

  it('can be only one', () => {
    const yaml = `models:\n${model('kept', right)}${model('left_out', right)}`;
    const error = errorOf(() => load({ 'models/m.yml': yaml }));
    expect(error.message).toMatch(/^Two models hold .*: kept and left_out$/);
    expect(error.place?.file).toBe('models/m.yml');
  });

  it('can not be ephemeral', () => {
    const yaml = `models:\n${model('left_out', right)}`.replace(
      '{meta',
      '{materialized: ephemeral, meta',
    );
    expect(errorOf(() => load({ 'models/m.yml': yaml })).message).toContain('left_out can');
  });
});

describe('below meta.techstore', () => {
  it('a key that is not known is told', () => {
    const meta = '{rejected_row: {}, rejected_rows: {table: origin, reason: why, id: id}}';
    expect(told({ 'models/m.yml': `models:\n${model('left_out', meta)}` })).toEqual([
      "models/m.yml:2 meta.techstore: the key 'rejected_row' is not known and is ignored. Did you mean 'rejected_rows'?",
      "models/m.yml:2 meta.techstore.rejected_rows: the key 'id' is not known and is ignored. Known are: table, reason.",
    ]);
  });

  it.each([
    ['a column', 'models: [{name: left_out, columns: [{name: why, meta: {techstore: META}}]}]'],
    ['a source', 'sources: [{name: raw, meta: {techstore: META}, tables: [{name: people}]}]'],
    ['an exposure', 'exposures: [{name: e, type: notebook, owner: {name: A}, meta: META2}]'],
  ])('rejected_rows of %s is told', (_, yaml) => {
    const text = yaml.replace('META2', `{techstore: ${right}}`).replace('META', right);
    expect(told({ 'models/m.yml': text })).toEqual([
      'models/m.yml:1 meta.techstore.rejected_rows has no effect here. Set it for the model that holds the rows that were set aside.',
    ]);
  });

  it('an analysis does not inherit it from the models', () => {
    expect(
      told({
        'analyses/a.sql': 'select 1',
        'models/kept.sql': '{{ config(enabled=false) }} select 1',
        'dbt_project.yml': `name: shop\nprofile: shop\nmodels:\n  shop:\n    +meta: {techstore: ${right}}\n`,
      }),
    ).toEqual([]);
  });
});
