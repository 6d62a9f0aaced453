/** A warehouse in memory that knows the statements of the store of builds, and what became of them. */
import { dialect } from '../../src/engine/databricks/dialect.js';
import type { Connection, Engine, Param, SchemaName } from '../../src/engine/engine.js';

type Row = Record<'id' | 'state' | 'command' | 'started' | 'schema' | 'content', string> & {
  finished: string | null;
  published: string | null;
};

const sqlTime = (iso: string): string => iso.replace('T', ' ').replace('Z', '');

export class FakeWarehouse {
  readonly builds: Row[] = [];
  readonly schemas = new Set<string>();
  /** What each view selects from, by its name. */
  readonly views = new Map<string, string>();
  /** All statements, in order. */
  readonly sent: string[] = [];
  readonly engine = {
    type: 'databricks',
    database: 'shop',
    dialect,
    connect: async () => this.connection,
    interruptAll: () => undefined,
  } as unknown as Engine;

  private readonly connection = {
    query: async (sql: string) => ({ columns: [], rows: this.answer(sql) }),
    run: async (sql: string, params: readonly Param[] = []) => ({
      rowsChanged: this.change(sql, params as string[]),
    }),
    createSchema: async ({ schema }: SchemaName) => void this.schemas.add(schema),
    listRelations: async ({ schema }: SchemaName) =>
      [...this.views.keys()].flatMap((view) => {
        const [, of = '', name = ''] = view.replaceAll('`', '').split('.');
        return of === schema ? [{ name, type: 'view' as const }] : [];
      }),
    release: async () => undefined,
  } as unknown as Connection;

  private answer(sql: string): unknown[][] {
    this.sent.push(sql);
    if (sql.startsWith('SHOW SCHEMAS')) return [...this.schemas].map((name) => [name]);
    if (!sql.startsWith('SELECT id, state')) throw new Error(`not known here: ${sql}`);
    return [...this.builds]
      .sort((a, b) => (a.id < b.id ? 1 : -1))
      .map(({ id, state, command, started, finished, published, schema, content }) => [
        ...[id, state, command, started, finished, published, schema, content, '0'],
      ]);
  }

  private change(sql: string, params: readonly string[]): number {
    this.sent.push(sql);
    const [first = '', second = '', third = '', fourth = '', fifth = '', sixth = ''] = params;
    const view = /^(?:CREATE OR REPLACE|ALTER) VIEW (\S+).* AS\s+SELECT \* FROM (\S+)$/s.exec(sql);
    const named = (id: string): Row[] => this.builds.filter((row) => row.id === id);
    if (sql.startsWith('INSERT INTO')) {
      this.builds.push({
        ...{ id: first, state: second, command: third, schema: fifth, content: sixth },
        ...{ started: sqlTime(fourth), finished: null, published: null },
      });
    } else if (sql.includes('SET state = ?, finished_at')) {
      for (const row of named(fifth))
        Object.assign(row, { state: first, finished: sqlTime(second), content: third });
    } else if (sql.includes('SET published_at')) {
      for (const row of this.builds) {
        if (row.id === first)
          Object.assign(row, { state: 'published', published: sqlTime(second) });
        else if (row.state === 'published') row.state = 'kept';
      }
    } else if (sql.startsWith('DELETE FROM')) {
      this.builds.splice(0, Infinity, ...this.builds.filter(({ id }) => !params.includes(id)));
    } else if (sql.startsWith('DROP SCHEMA')) {
      for (const schema of this.schemas)
        if (sql.includes(`\`${schema}\``)) this.schemas.delete(schema);
    } else if (sql.startsWith('DROP VIEW')) {
      this.views.delete(sql.split(' ').at(-1) ?? '');
    } else if (view !== null) {
      this.views.set(view[1] ?? '', view[2] ?? '');
    } else if (!sql.includes('SET seen_at')) {
      throw new Error(`not known here: ${sql}`);
    }
    return 1;
  }
}
