import { describe, expect, test } from 'vitest';
import { openDuckDB, type DuckDBOptions } from '../../src/engine/duckdb/index.js';

async function answerOf(options: Partial<DuckDBOptions>, sql: string): Promise<unknown> {
  const engine = await openDuckDB({ path: null, threads: 1, ...options });
  try {
    const connection = await engine.connect();
    return (await connection.query(sql)).rows[0];
  } finally {
    await engine.close();
  }
}

describe('settings of a profile', () => {
  test('hold on every connection: those of the instance, and those that each connection has', async () => {
    const settings = {
      default_null_order: 'nulls_first',
      integer_division: true,
      errors_as_json: false,
      TimeZone: 'Asia/Tokyo',
      file_search_path: "it's here",
    };
    const sql = `select string_agg(coalesce(x::varchar, 'null'), ',' order by x), 7 / 2,
      current_setting('TimeZone'), current_setting('file_search_path') from (values (1), (null)) t(x)`;
    // 'null,1' and 3 by the manual of DuckDB: nulls first, and whole numbers divided to whole ones.
    expect(await answerOf({ settings }, sql)).toEqual(['null,1', 3, 'Asia/Tokyo', "it's here"]);
  });

  test.each([
    [
      'a name that DuckDB does not have',
      { nul_order: 'x' },
      /'nul_order' cannot be applied: .*unrecognized/,
    ],
    ['a value that it does not take', { threads: 'many' }, /'threads' cannot be applied: .*many/],
    [
      'one that belongs to the start',
      { access_mode: 'READ_ONLY' },
      /'access_mode' cannot be applied/,
    ],
    ['SQL in a name', { 'x = 1; drop table y; --': 1 }, /cannot be applied: .*unrecognized/],
  ])('refuse %s', async (_, settings, message) => {
    await expect(answerOf({ settings: settings }, 'select 1')).rejects.toThrow(message);
  });

  test('never repeat a secret', async () => {
    const settings = { s3_secret_access_key: 'hush-hush' };
    const error: unknown = await answerOf({ settings }, 'select 1').catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'profile' });
    expect((error as Error).message).not.toContain('hush');
  });
});

describe('extensions of a profile', () => {
  test('are loaded where they are there', async () => {
    const sql = "select loaded from duckdb_extensions() where extension_name = 'json'";
    expect(await answerOf({ extensions: ['json'] }, sql)).toEqual([true]);
  });

  test('are refused where they would have to be fetched', async () => {
    await expect(answerOf({ extensions: ['no_such_thing'] }, 'select 1')).rejects.toMatchObject({
      code: 'profile',
      message: "The extension 'no_such_thing' cannot be loaded",
      hint: expect.stringContaining('Extensions are not downloaded') as string,
    });
  });
});
