/** What is said of variables of the command line that nothing asks for. */
import { afterEach, describe, expect, it } from 'vitest';
import { SmallProject } from '../helpers/small-project.js';

let project: SmallProject;
afterEach(() => project.remove());

function warnings(vars: Record<string, unknown>, more: Record<string, string> = {}): string[] {
  project = new SmallProject({
    'dbt_project.yml': 'name: shop\nprofile: shop\nvars: {tax_rate: 0.21, shop: {currency: EUR}}\n',
    'models/a.sql': "select {{ var('tax_rate') }} as rate, '{{ var('region', 'all') }}' as region",
    'macros/m.sql': '{% macro limit_of(name) %}{{ var(name ~ "") }}{% endmacro %}',
    'models/b.sql': "select {{ limit_of('top_limit') }} as n {# var('remark', 1) #}",
    ...more,
  });
  return project
    .load({ vars: JSON.stringify({ top_limit: 3, ...vars }) })
    .warnings.map(({ place, message, hint }) =>
      [place?.file, message, hint].filter((part) => part !== undefined).join(': '),
    );
}

const nothing = (name: string): string =>
  `--vars: Nothing in the project uses the variable '${name}'`;

describe('A variable of --vars', () => {
  it.each([
    ['taxrate', `${nothing('taxrate')}: Did you mean 'tax_rate'?`],
    ['curency', `${nothing('curency')}: Did you mean 'currency'?`],
    ['reigon', `${nothing('reigon')}: Did you mean 'region'?`],
    ['colour', nothing('colour')],
    // A part of a name is another name.
    ['tax', nothing('tax')],
  ])('named %s, which nothing asks for, is told with the name that may be meant', (name, says) => {
    expect(warnings({ [name]: 1 })).toEqual([says]);
  });

  it.each(['tax_rate', 'currency', 'region', 'top_limit', 'as_of'])(
    'named %s is asked for by dbt_project.yml, a model, a macro or the program',
    (name) => {
      expect(warnings({ [name]: name === 'as_of' ? '2025-01-01' : 1 })).toEqual([]);
    },
  );

  it.each([
    // A word of SQL is no name that is asked for.
    ['select', [nothing('select')]],
    ['limit_2', []],
    ['made_up', []],
    ['constructor', [nothing('constructor')]],
  ])(
    'named %s is looked for in quotes, in names that are put together, and in what is rendered',
    (name, says) => {
      const sql =
        "{% if execute %}{{ var('limit_' ~ 2, 0) }}{% endif %}{{ var('made' + '_up', 1) }}";
      expect(warnings({ [name]: 1 }, { 'models/c.sql': `select 1 as id ${sql}` })).toEqual(says);
    },
  );

  it('is an error under --warn-error, with every warning of the project', () => {
    warnings({});
    const load = (vars: string) => project.load({ vars, warnError: true });
    expect(() => load('{top_limit: 3, tax_rat: 0.1}')).toThrow("uses the variable 'tax_rat'");
    expect(() => load('{top_limit: 3, tax_rat: 0.1, colour: 1}')).toThrow(
      /2 warnings[^]*tax_rat[^]*colour/,
    );
    expect(load('{top_limit: 3, tax_rate: 0.1}').warnings).toEqual([]);
  });

  it("below the project's name has no effect, as in dbt, and is told", () => {
    expect(warnings({ shop: { tax_rate: 1 } })).toEqual([
      `${nothing('shop')}: Only dbt_project.yml has variables under a project's name: leave 'shop' out.`,
    ]);
  });

  it('that is named like a key of YAML is told; one that a value names may come to var()', () => {
    const yaml = 'models:\n  - name: a\n    meta:\n      tax: by_law\n';
    expect(warnings({ tax: 1, meta: 2, by_law: 3 }, { 'models/a.yml': yaml })).toEqual([
      nothing('tax'),
      nothing('meta'),
    ]);
  });

  it('that only a YAML file asks for is none to warn of', () => {
    const yaml = 'models: [{name: a, config: {enabled: "{{ var(\'with_a\', true) }}"}}]\n';
    expect(warnings({ with_a: true }, { 'models/a.yml': yaml })).toEqual([]);
  });
});
