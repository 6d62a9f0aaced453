/** What a template changes through `adapter` is changed where its build is made, and nowhere else. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { refusingBackend, type Backend } from '../../src/dbt/backend.js';
import type { RelationParts } from '../../src/dbt/relation.js';
import type { Shop } from '../helpers/shop.js';
import { smallShop, succeeds } from '../cli/support.js';
import { SmallProject } from '../helpers/small-project.js';

describe('on files', () => {
  let shop: Shop;
  beforeAll(() => {
    shop = smallShop({
      'models/clean.sql':
        "{{ config(materialized='table') }}select 1 as id, 'Ada' as name, 20 as spent",
      'models/models.yml': '{}\n',
    });
    succeeds(shop.run('build'));
  });
  afterAll(() => shop.remove());

  it('a failed build leaves the published file as it was', () => {
    shop.write(
      'models/apart.sql',
      `{{ config(materialized='table') }}
{% if execute %}
{% do adapter.drop_relation(load_relation(ref('clean'))) %}
{% do adapter.drop_schema(api.Relation.create(database=target.database, schema=target.schema)) %}
{% endif %}
select * from {{ ref('clean') }}`,
    );
    const done = shop.run('build');
    expect(done.code, done.all).toBe(1);
    expect(
      shop.run('query', 'select name from clean', '--csv').stdout.trim().split(/\r?\n/),
    ).toEqual(['name', 'Ada']);
    expect(shop.run('query', 'select answer from apart', '--csv').stdout).toContain('42');
  });

  it('a command that only reads is refused to change anything', () => {
    const done = shop.run(
      'compile',
      '--inline',
      "{% do adapter.drop_relation(api.Relation.create(database=target.database, schema='main', identifier='clean', type='table')) %}",
    );
    expect(done.code, done.all).toBe(2);
    expect(done.all).not.toMatch(/defect/);
    expect(shop.run('query', 'select count(*) as n from clean', '--csv').stdout).toContain('1');
  });
});

describe('on a warehouse', () => {
  let project: SmallProject;
  afterEach(() => project.remove());

  async function changed(template: string): Promise<string[]> {
    project = new SmallProject({
      'profiles.yml':
        'shop: {target: dev, outputs: {dev: {type: databricks, host: h.example, http_path: /sql, token: t, catalog: main, schema: dev}}}\n',
      'models/a.sql': `{% if execute %}${template}{% endif %}select 1 as id`,
    });
    const did: string[] = [];
    const note =
      (what: string) =>
      async ({ schema, identifier }: Partial<RelationParts>): Promise<void> => {
        did.push(`${what} ${schema ?? ''}.${identifier ?? ''}`);
      };
    const backend: Backend = {
      ...refusingBackend(() => Promise.reject(new Error('not asked'))),
      createSchema: note('create schema'),
      dropSchema: note('drop schema'),
      dropRelation: note('drop'),
      renameRelation: note('rename'),
      truncateRelation: note('truncate'),
    };
    const { compiler, manifest } = project.load();
    const node = manifest.nodes.get('model.shop.a');
    if (node?.resourceType !== 'model') throw new Error('no model');
    await compiler.compile(node, { backend });
    return did;
  }

  const relation = (schema: string): string =>
    `api.Relation.create(database='main', schema=${schema}, identifier='old', type='table')`;

  it('changes the schema of the build alone', async () => {
    const own = relation('this.schema');
    expect(
      await changed(
        `{% do adapter.drop_relation(${own}) %}{% do adapter.truncate_relation(${own}) %}{% do adapter.rename_relation(${own}, ${own}) %}{% do adapter.create_schema(${relation("'extra'")}) %}`,
      ),
    ).toEqual(['drop dev.old', 'truncate dev.old', 'rename dev.old', 'create schema extra.']);
  });

  it.each([
    ['drop_relation', `adapter.drop_relation(${relation("'prod'")})`],
    ['truncate_relation', `adapter.truncate_relation(${relation("'prod'")})`],
    ['rename_relation', `adapter.rename_relation(${relation("'prod'")}, ${relation("'prod'")})`],
    ['drop_schema', `adapter.drop_schema(${relation("'prod'")})`],
    ['drop_schema', `adapter.drop_schema(${relation('this.schema')})`],
  ])('refuses %s elsewhere: %s', async (method, call) => {
    await expect(changed(`{% do ${call} %}`)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringMatching(`^not supported: adapter\\.${method}\\(\\)`) as string,
    });
  });
});

describe('what is not there', () => {
  let project: SmallProject;
  afterEach(() => project.remove());

  it('is refused by its name, with what is', async () => {
    project = new SmallProject({
      'models/a.sql': '{% if execute %}{% do adapter.store_relation(1) %}{% endif %}select 1',
    });
    await expect(project.compiled('a')).rejects.toMatchObject({
      code: 'unsupported',
      message: 'not supported: adapter.store_relation()',
      hint: expect.stringContaining('get_relation') as string,
    });
  });
});
