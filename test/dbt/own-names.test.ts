/** Names that every JavaScript object has are names as any other. */
import { afterEach, describe, expect, it } from 'vitest';
import { SmallProject } from '../helpers/small-project.js';

let project: SmallProject;
afterEach(() => project.remove());

describe.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'])(
  '%s',
  (name) => {
    it('is no variable of the environment or of the project unless it is set', async () => {
      project = new SmallProject({
        'models/a.sql': `select '{{ env_var('${name}', 'none') }}{{ var('${name}', 'none') }}' as x`,
      });
      expect(await project.compiled('a')).toBe("select 'nonenone' as x");
      expect(
        await project.compiled('a', { vars: JSON.stringify({ x: 1 }).replace('x', name) }),
      ).toBe("select 'none1' as x");
    });

    it('may name a variable, a model, a column, a tag, a group and a macro', async () => {
      project = new SmallProject({
        'dbt_project.yml': `name: shop\nprofile: shop\nvars: {${name}: 7}\n`,
        [`models/${name}.sql`]: `select {{ var('${name}') }} as id`,
        'models/b.sql': `select {{ shop.${name}() }} from {{ ref('${name}') }}`,
        'macros/m.sql': `{% macro ${name}() %}1{% endmacro %}`,
        'models/s.yml': `groups: [{name: ${name}, owner: {name: x}}]
models:
  - name: ${name}
    config: {group: ${name}, tags: [${name}], meta: {${name}: 1}}
    columns: [{name: ${name}, description: d, data_tests: [not_null]}]
`,
      });
      expect(await project.compiled(name)).toBe('select 7 as id');
      expect(await project.compiled('b')).toBe(`select 1 from "shop"."dev"."${name}"`);
      const node = project.load().manifest.nodes.get(`model.shop.${name}`);
      if (node?.resourceType !== 'model') throw new Error('no model');
      expect(Object.keys(node.columns)).toEqual([name]);
      expect(Object.entries(node.meta)).toEqual([[name, 1]]);
    });
  },
);

describe('an empty file', () => {
  it('makes nothing, which is told, while a comment alone is a model, as in dbt', () => {
    project = new SmallProject({
      'models/a.sql': '',
      'models/b.sql': ' \n',
      'models/c.sql': '-- nothing yet',
      'tests/d.sql': '',
      'analyses/e.sql': '',
    });
    const { manifest, warnings } = project.load();
    expect([...manifest.nodes.keys()]).toEqual(['model.shop.c']);
    expect(warnings.map(({ place }) => place?.file)).toEqual([
      'models/a.sql',
      'models/b.sql',
      'tests/d.sql',
      'analyses/e.sql',
    ]);
  });
});
