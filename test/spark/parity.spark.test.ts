import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/engine/engine.js';
import { openDuckDB } from '../../src/engine/duckdb/index.js';
import { program, sparkShop, type SparkShop } from './shop.js';
import { catalog, standIn, type StandIn } from './support.js';
import { comparedColumns, differences, models, rowsOf } from './tables.js';

const hard = fileURLToPath(new URL('../../fixtures/hard', import.meta.url));

const worlds = [
  { name: 'the seeds', sources: null, dates: ['2023-08-01', '2024-02-29', '2025-06-30'] },
  { name: 'the hard fixture', sources: hard, dates: ['2022-12-30', '2024-02-29', '2024-06-30'] },
] as const;

for (const [index, { name, sources, dates }] of worlds.entries()) {
  describe(`tables of ${name}`, () => {
    const schema = `parity_${index}`;
    let place: StandIn;
    let shop: SparkShop;
    let spark: Connection;
    beforeAll(async () => {
      place = await standIn();
      shop = sparkShop(place, schema);
      if (sources !== null) cpSync(sources, join(shop.dir, 'seeds'), { recursive: true });
      spark = await (await place.open()).connect();
      expect(await shop.run('seed')).toMatchObject({ code: 0 });
    });
    afterAll(async () => {
      shop.remove();
      await place.close();
    });

    it.each(dates)('are the same on Spark as on DuckDB, as of %s', async (asOf) => {
      const vars = ['--vars', '{"max_rejected_percent": 100}', '--as-of', asOf];
      const [there, here] = await Promise.all([
        shop.run('build', '--select', 'resource_type:model', ...vars),
        program(shop.dir, [
          'build',
          '--select',
          'resource_type:model',
          'resource_type:seed',
          ...vars,
        ]),
      ]);
      expect(here, here.stdout).toMatchObject({ code: 0 });
      expect(there, there.stdout).toMatchObject({ code: 0 });
      const engine = await openDuckDB({ path: join(shop.dir, 'techstore.duckdb'), readOnly: true });
      const duck = await engine.connect();
      const faults: string[] = [];
      for (const model of models) {
        const [found] = (
          await duck.query(
            "SELECT schema_name FROM duckdb_tables() WHERE table_name = $1 AND database_name = 'techstore'",
            [model],
          )
        ).rows;
        const relation = {
          database: 'techstore',
          schema: (found?.[0] as string | undefined) ?? '',
          identifier: model,
        };
        const all = (await duck.columnsOf(relation)).map((column) => column.name);
        const columns = comparedColumns(all);
        const ours = await rowsOf(
          duck,
          engine.dialect.renderRelation(relation),
          columns,
          (n) => `"${n}"`,
        );
        const theirs = await rowsOf(
          spark,
          `${catalog}.${schema}.${model}`,
          columns,
          (n) => `\`${n}\``,
        );
        expect(ours.length).toBeGreaterThan(0);
        const different = differences(columns, ours, theirs);
        if (different.length > 0) faults.push(`${model}:`, ...different);
      }
      await engine.close();
      expect(faults).toEqual([]);
    });
  });
}
