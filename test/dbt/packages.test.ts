import { afterEach, describe, expect, it } from 'vitest';
import { manifestJson } from '../../src/artifacts/index.js';
import type { LoadedProject, LoadOptions } from '../../src/cli/load.js';
import { TechstoreError } from '../../src/errors.js';
import { select } from '../../src/graph/index.js';
import type { ModelNode } from '../../src/manifest/nodes.js';
import { SmallProject } from '../helpers/small-project.js';
import { withPackages } from '../helpers/with-packages.js';

let project: SmallProject | undefined;
afterEach(() => project?.remove());

function load(
  changed: Readonly<Record<string, string>> = {},
  options: Omit<LoadOptions, 'projectDir'> = {},
): LoadedProject {
  project = new SmallProject({ ...withPackages, ...changed });
  return project.load(options);
}

function model({ manifest }: LoadedProject, name: string): ModelNode {
  const node = manifest.nodes.get(`model.${name}`);
  if (node?.resourceType !== 'model') throw new Error(`no model ${name}`);
  return node;
}

async function compiled(loaded: LoadedProject, name: string): Promise<string> {
  const { sql } = await loaded.compiler.compile(model(loaded, name), { backend: null });
  return sql.replace(/\s+/g, ' ').trim();
}

function failure(
  changed: Readonly<Record<string, string>>,
  options: Omit<LoadOptions, 'projectDir'> = {},
): TechstoreError {
  try {
    load(changed, options);
  } catch (error) {
    if (error instanceof TechstoreError) return error;
    throw error;
  }
  throw new Error('the call went through');
}

describe('macros of packages', () => {
  it('are called by their namespace, dispatched by search orders, and see names of the node that calls', async () => {
    expect(await compiled(load(), 'shop.a')).toBe(
      "select shop_cents(a), shim_dollars(b), duckdb_euros(c), 'helped by shop', 'root-unit', '1', now()",
    );
  });

  it('come before built-in ones in the nodes of their own package', async () => {
    expect(await compiled(load(), 'tools.base')).toBe(
      "select 1 as id, 'helped by tools' as h, 'for-tools' as unit, '1' as rate, 'only-tools' as own, tools_now() as now",
    );
  });

  it('are not known without their namespace elsewhere', async () => {
    const loaded = load({ 'models/a.sql': "select {{ cents('a') }}" });
    await expect(compiled(loaded, 'shop.a')).rejects.toThrow("'cents' is undefined");
  });

  it('are shown with their file below the install folder in errors', () => {
    const { place, stackOfCalls } = failure({
      'dbt_packages/tools/macros/bad.sql': '{% macro bad() %}{{ none.x.y }}{% endmacro %}',
      'models/a.sql': 'select {{ tools.bad() }}',
    });
    expect(place?.file).toBe('dbt_packages/tools/macros/bad.sql');
    expect(stackOfCalls.join()).toContain('models/a.sql');
  });

  it('may hold materializations, which stop nothing', () => {
    const loaded = load({
      'dbt_packages/tools/macros/mat.sql':
        "{% materialization table, default %}{{ return({'relations': []}) }}{% endmaterialization %}\n{% macro beside() %}1{% endmacro %}",
    });
    expect(loaded.manifest.macros.has('macro.tools.beside')).toBe(true);
  });

  it('are not called by the name of the adapter, which dbt does not define either', async () => {
    const loaded = load({ 'models/a.sql': "select {{ dbt_duckdb.default__concat(['x', 'y']) }}" });
    await expect(compiled(loaded, 'shop.a')).rejects.toThrow("'dbt_duckdb' is undefined");
  });

  it('tell what a dispatch looked for', () => {
    const { hint } = failure({
      'models/a.sql': "select {{ adapter.dispatch('nothing', 'other')() }}",
    });
    expect(hint).toContain(
      'shim.duckdb__nothing, shim.default__nothing, tools.duckdb__nothing, tools.default__nothing',
    );
  });
});

describe('nodes of packages', () => {
  it('have dbt’s ids, relations, tags and configuration', () => {
    const loaded = load();
    expect([...loaded.manifest.nodes.keys()].sort()).toEqual([
      'model.shop.a',
      'model.shop.b',
      'model.shop.twin',
      'model.tools.base',
      'model.tools.mart',
      'model.tools.twin',
      'test.shop.tools_positive_a_id.f6d5e700a4',
      'test.tools.positive_base_id.18b20f89da',
      'test.tools.unique_base_id.c59834fb40',
    ]);
    expect(loaded.manifest.disabled.map(({ uniqueId }) => uniqueId)).toEqual(['model.tools.off']);
    expect(model(loaded, 'tools.mart')).toMatchObject({
      schema: 'dev_from_root',
      alias: 'mart',
      tags: ['tools_tag', 'file_tag', 'root_tag'],
      fqn: ['tools', 'marts', 'mart'],
      config: { materialized: 'table' },
    });
  });

  it('are found by ref in dbt’s order, with and without their package', async () => {
    const loaded = load();
    expect(await compiled(loaded, 'shop.b')).toBe(
      'select * from "shop"."dev_from_root"."base" union all select * from "shop"."dev_from_root"."base", "shop"."dev_from_root"."twin", "shop"."dev"."twin"',
    );
    expect(await compiled(loaded, 'tools.mart')).toBe(
      'select * from "shop"."dev_from_root"."base" union all select * from "shop"."dev"."twin"',
    );
  });

  it('have docs blocks of their package, which others name', () => {
    const loaded = load();
    expect(model(loaded, 'tools.base').description).toBe('About of tools');
    expect(model(loaded, 'shop.a').description).toBe('About of tools');
    expect(model(loaded, 'shop.b').description).toBe('Mine of tools');
  });

  it('are selected by package', () => {
    const { graph, manifest } = load();
    const ids = (text: string): string[] =>
      [...select(graph, manifest, { select: [text] }).ids].sort();
    expect(ids('package:tools')).toEqual([
      'model.tools.base',
      'model.tools.mart',
      'model.tools.twin',
      'test.tools.positive_base_id.18b20f89da',
      'test.tools.unique_base_id.c59834fb40',
    ]);
    expect(ids('tools.marts')).toEqual(['model.tools.mart']);
    expect(ids('package:this')).toEqual([
      'model.shop.a',
      'model.shop.b',
      'model.shop.twin',
      'test.shop.tools_positive_a_id.f6d5e700a4',
    ]);
  });

  it('can be disabled by the root project', () => {
    const loaded = load({
      'dbt_project.yml': 'name: shop\nprofile: shop\nmodels: {tools: {+enabled: false}}\n',
      'models/b.sql': 'select 1 as b',
      'models/a.sql': 'select 1 as id',
    });
    expect([...loaded.manifest.nodes.keys()]).toEqual([
      'model.shop.a',
      'model.shop.b',
      'model.shop.twin',
      'test.shop.tools_positive_a_id.f6d5e700a4',
    ]);
  });

  it('take variables of the command line over all others', async () => {
    const loaded = load({}, { vars: '{unit: given, own: mine}' });
    expect(await compiled(loaded, 'tools.base')).toContain(
      "'given' as unit, '1' as rate, 'mine' as own",
    );
  });

  it('stand in the artifacts with paths inside their package', () => {
    const { manifest, session, graph } = load();
    const json = manifestJson(manifest, {
      invocationId: session.invocationId,
      generatedAt: new Date(),
      adapterType: 'duckdb',
      dbtVersion: '1.11.16',
      parents: (id) => graph.parents(id),
      quote: session.quote,
    }) as Record<string, Record<string, Record<string, unknown>>>;
    expect(json['nodes']?.['model.tools.base']).toMatchObject({
      package_name: 'tools',
      path: 'base.sql',
      original_file_path: 'models/base.sql',
      patch_path: 'tools://models/s.yml',
    });
    expect(json['nodes']?.['test.tools.unique_base_id.c59834fb40']).toMatchObject({
      path: 'unique_base_id.sql',
      original_file_path: 'models/s.yml',
    });
    expect(json['macros']?.['macro.tools.cents']).toMatchObject({
      package_name: 'tools',
      path: 'macros/m.sql',
      original_file_path: 'macros/m.sql',
    });
    expect(json['docs']?.['doc.tools.about']).toMatchObject({
      path: 'd.md',
      original_file_path: 'models/d.md',
    });
  });

  it('run their hooks before those of the root project', () => {
    const { project: loaded } = load();
    const names = loaded.onRunStart.map(
      ({ packageName, index, sql }) => `${packageName} ${index} ${sql}`,
    );
    expect(names).toEqual([
      "tools 0 select '{{ var('own') }}'",
      "tools 1 select 'second'",
      "shop 0 select 'shop'",
    ]);
  });

  it('may be described and tested by the root project', () => {
    const { manifest } = load({
      'models/s.yml': 'models: [{name: base, columns: [{name: id, data_tests: [not_null]}]}]',
    });
    const test = [...manifest.nodes.values()].find(({ name }) => name === 'not_null_base_id');
    expect(test).toMatchObject({
      packageName: 'shop',
      dependsOn: { nodes: ['model.tools.base'] },
    });
  });
});

describe('packages', () => {
  it('that are listed and not there stop with what to do', () => {
    const { message, place, hint } = failure({
      'packages.yml': `packages:
  - package: dbt-labs/dbt_utils
    version: 1.1.1
  - local: dbt_packages/tools
  - git: https://example.com/a.git
`,
    });
    expect(message).toBe(
      'packages.yml lists 3 packages, but dbt_packages has 2; not found: dbt_utils',
    );
    expect(place).toEqual({ file: 'packages.yml', line: 2, column: 5 });
    expect(hint).toBe('Run techstore deps to install them.');
  });

  it('that are there count though no file lists them, and hidden folders do not', () => {
    const loaded = load({
      'packages.yml': 'packages: []\n',
      'dbt_packages/__pycache__/x': '',
      'dbt_packages/.hidden/x': '',
    });
    expect(loaded.packages.map(({ name }) => name)).toEqual(['shim', 'tools']);
  });

  it('are read from packages-install-path', () => {
    const loaded = load({
      'dbt_project.yml': 'name: shop\nprofile: shop\npackages-install-path: vendor/dbt\n',
      'vendor/dbt/more/dbt_project.yml': 'name: more\n',
      'vendor/dbt/more/models/m.sql': 'select 1 as m',
      'vendor/dbt/tools/dbt_project.yml': 'name: tools\n',
      'vendor/dbt/tools/macros/m.sql':
        '{% test positive(model, column_name) %}select 1{% endtest %}',
      'models/a.sql': 'select 1 as id',
      'models/b.sql': "select * from {{ ref('more', 'm') }}",
      'models/s.yml': '',
    });
    expect(model(loaded, 'more.m').place).toEqual({ file: 'vendor/dbt/more/models/m.sql' });
  });

  it.each([
    [
      'a folder without a project',
      { 'dbt_packages/odd/readme.md': '' },
      'dbt_packages/odd/dbt_project.yml was not found',
    ],
    [
      'two of one name',
      { 'dbt_packages/zwei/dbt_project.yml': 'name: tools' },
      'The package in dbt_packages/tools/ and the package in dbt_packages/zwei/ have the same name: tools',
    ],
    [
      'one with the name of the project',
      { 'dbt_packages/zwei/dbt_project.yml': 'name: shop' },
      'The project and the package in dbt_packages/zwei/ have the same name: shop',
    ],
    [
      'a fault in its project file',
      { 'dbt_packages/zwei/dbt_project.yml': 'name: zwei\nversion: 1\nmodel-paths: x\n' },
      /dbt_packages\/zwei|model-paths/,
    ],
  ])('that cannot be are refused: %s', (_, files, message) => {
    expect(failure(files).message).toMatch(message);
  });

  it('that want another dbt are told', () => {
    const { warnings } = load({
      'dbt_packages/shim/dbt_project.yml':
        "name: shim\nrequire-dbt-version: ['>=0.1.0', '<0.9.0']\n",
    });
    expect(warnings).toContainEqual({
      message: 'The package shim requires dbt >=0.1.0, <0.9.0; techstore behaves like dbt 1.11.0',
      place: { file: 'dbt_packages/shim/dbt_project.yml', line: 2, column: 1 },
    });
  });

  it('keep what only their authors can mend out of the warnings', () => {
    const { warnings } = load({
      'dbt_packages/shim/dbt_project.yml': 'name: shim\nquery-comment: by shim\nnothing: 1\n',
      'dbt_packages/tools/models/odd.yml': 'models: [{name: nowhere, descriptoin: x}]',
    });
    expect(warnings).toEqual([]);
  });

  it('keep protected models to themselves where they restrict access', () => {
    const { message, hint } = failure({
      'dbt_packages/tools/dbt_project.yml': `${withPackages['dbt_packages/tools/dbt_project.yml'] ?? ''}restrict-access: true\n`,
    });
    expect(message).toBe('The model b reads base, which is protected to the package tools');
    expect(hint).toContain('public');
  });

  it('projects of dbt Cloud are told to have no effect', () => {
    const { warnings } = load({ 'dependencies.yml': 'projects:\n  - name: other\n' });
    expect(warnings).toEqual([
      {
        message: "'projects' in dependencies.yml has no effect",
        place: { file: 'dependencies.yml', line: 1, column: 1 },
        hint: 'Dependencies between projects belong to dbt Cloud. List packages instead.',
      },
    ]);
  });

  it('may be in one of the two lists alone', () => {
    const { message } = failure({
      'dependencies.yml': 'packages:\n  - local: dbt_packages/shim\n',
    });
    expect(message).toBe('Both packages.yml and dependencies.yml list packages');
  });
});
