import { describe, expect, it } from 'vitest';
import { dialect } from '../../src/engine/duckdb/dialect.js';
import type { Connection } from '../../src/engine/engine.js';
import { ensureSchema } from '../../src/run/node-run.js';
import { openDuckDB } from '../../src/engine/duckdb/index.js';

const schema = { database: 'memory', schema: 'audit' };

describe('ensureSchema', () => {
  it('lets many threads have the same schema at once', async () => {
    const engine = await openDuckDB({ path: null });
    const schemas = new Map<string, Promise<void>>();
    const connections = await Promise.all(Array.from({ length: 8 }, () => engine.connect()));
    await Promise.all(
      connections.map((connection) =>
        ensureSchema(
          { connection, dialect: engine.dialect, schemas },
          { ...schema, database: engine.database },
        ),
      ),
    );
    expect(schemas.size).toBe(1);
    await engine.close();
  });

  it('asks the database once for a schema, and again only after a failure', async () => {
    let asked = 0;
    let works = false;
    const connection = {
      createSchema: () => {
        asked += 1;
        return works ? Promise.resolve() : Promise.reject(new Error('not now'));
      },
    } as unknown as Connection;
    const run = { connection, dialect, schemas: new Map<string, Promise<void>>() };
    await expect(
      Promise.all([ensureSchema(run, schema), ensureSchema(run, schema)]),
    ).rejects.toThrow('not now');
    expect(asked).toBe(1);
    works = true;
    await ensureSchema(run, schema);
    await ensureSchema(run, schema);
    expect(asked).toBe(2);
  });
});
