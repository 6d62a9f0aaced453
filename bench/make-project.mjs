/**
 * A made project: layers of models that read one or two of the layer above, each with ten columns that YAML
 * describes and one test. Written for how a large project is read and planned, not for what its tables say.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const columnsOfModel = 10;
const perLayer = 50;

/** @param models how many; each has ten columns */
export function makeProject(dir, models) {
  for (const folder of ['models', 'macros', 'seeds']) {
    mkdirSync(join(dir, folder), { recursive: true });
  }
  writeFileSync(
    join(dir, 'dbt_project.yml'),
    'name: made\nversion: "1.0.0"\nprofile: made\nmodels:\n  made:\n    +materialized: table\nvars:\n  rate: 2\n',
  );
  writeFileSync(
    join(dir, 'profiles.yml'),
    'made:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: made.duckdb, schema: main, threads: 2}\n',
  );
  writeFileSync(
    join(dir, 'macros', 'doubled.sql'),
    "{% macro doubled(column) %}{{ column }} * {{ var('rate') }}{% endmacro %}\n",
  );
  const names = Array.from({ length: columnsOfModel }, (_, i) => `c${i}`);
  writeFileSync(
    join(dir, 'seeds', 'start.csv'),
    `${names.join(',')}\n${names.map((_, i) => i).join(',')}\n`,
  );
  let yaml = 'version: 2\nmodels:\n';
  for (let i = 0; i < models; i += 1) {
    const layer = Math.floor(i / perLayer);
    const folder = join(dir, 'models', `layer_${layer}`);
    if (i % perLayer === 0) {
      mkdirSync(folder, { recursive: true });
      yaml = 'version: 2\nmodels:\n';
    }
    writeFileSync(join(folder, `m${i}.sql`), modelSql(i, names));
    yaml += `  - name: m${i}\n    description: Model ${i}\n    columns:\n`;
    for (const name of names) {
      yaml += `      - name: ${name}\n        description: Column ${name} of model ${i}\n        data_type: bigint\n`;
      if (name === 'c0') yaml += '        data_tests: [not_null]\n';
    }
    if ((i + 1) % perLayer === 0 || i + 1 === models)
      writeFileSync(join(folder, 'layer.yml'), yaml);
  }
}

function modelSql(i, names) {
  const [first, second] = parentsOf(i);
  const own = names.map((name, n) =>
    n % 3 === 0
      ? `    cast({{ doubled('a.${name}') }} as bigint) as ${name}`
      : `    cast(b.${name} + ${n} as bigint) as ${name}`,
  );
  return `-- model ${i}\nwith a as (\n    select * from {{ ref('${first}') }}\n),\n\nb as (\n    select * from {{ ref('${second}') }}\n)\n\nselect\n${own.join(',\n')}\nfrom a\ncross join b\nwhere a.c0 >= 0\n`;
}

function parentsOf(i) {
  if (i < perLayer) return ['start', 'start'];
  const above = i - perLayer;
  const layerStart = above - (above % perLayer);
  return [`m${above}`, `m${layerStart + ((above * 7 + 3) % perLayer)}`];
}
