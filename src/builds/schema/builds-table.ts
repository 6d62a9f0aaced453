/** The table with a row for each build. Each method is one statement. */
import { DatabaseError } from '../../engine/database-error.js';
import { TechstoreError } from '../../errors.js';
import type { Connection, Dialect, SchemaName } from '../../engine/engine.js';
import type { BuildRow, ClaimKind, PublishedName, RowState } from './build-row.js';
import type { BuildDetails } from '../record.js';

export const tableOfBuilds = 'techstore_builds';

interface Content {
  readonly host: string;
  readonly machine: string;
  readonly pid: number;
  readonly user: string;
  readonly details: BuildDetails | null;
  readonly names: readonly PublishedName[];
  readonly kind?: ClaimKind;
  readonly isWorking?: boolean;
}

/** What is kept of a build that no list of builds shows. */
type Beside = Pick<BuildDetails, 'lineage' | 'code'>;

export class BuildsTable {
  private readonly connection: Connection;
  private readonly schema: SchemaName;
  private readonly dialect: Dialect;
  private readonly name: string;

  constructor(connection: Connection, dialect: Dialect, schema: SchemaName) {
    this.connection = connection;
    this.dialect = dialect;
    this.schema = schema;
    this.name = dialect.renderRelation({ ...schema, identifier: tableOfBuilds });
  }

  /** All builds, newest first; empty if the table does not exist yet. */
  async read(): Promise<BuildRow[]> {
    return (await this.readIfThere()) ?? [];
  }

  /** The same, but null if the table does not exist yet. */
  async readIfThere(): Promise<BuildRow[] | null> {
    const answer = await this.orMissing(() =>
      this.connection.query(
        `SELECT id, state, command, started_at, finished_at, published_at, build_schema, content,
  unix_timestamp(current_timestamp()) - unix_timestamp(seen_at) AS silent_seconds
FROM ${this.name}
ORDER BY id DESC`,
      ),
    );
    if (answer === null) return null;
    return answer.rows.map((row) => {
      const [id, state, command, started, finished, published, schema, content, silent] =
        row as string[];
      return {
        id: id ?? '',
        state: state as RowState,
        command: command ?? '',
        startedAt: isoOf(started) ?? '',
        finishedAt: isoOf(finished),
        publishedAt: isoOf(published),
        schema: schema ?? '',
        silentSeconds: Number(silent),
        ...(JSON.parse(content ?? '{}') as Content),
      };
    });
  }

  /** Adds the row of a new build. Creates the table the first time. */
  async add(build: BuildRow): Promise<void> {
    const insert = () =>
      this.connection.run(
        `INSERT INTO ${this.name}\nSELECT ?, ?, ?, CAST(? AS TIMESTAMP), CAST(NULL AS TIMESTAMP), CAST(NULL AS TIMESTAMP), ?, ?, CAST(NULL AS STRING), current_timestamp()`,
        [build.id, build.state, build.command, build.startedAt, build.schema, contentOf(build)],
      );
    if ((await this.orMissing(insert)) !== null) return;
    await this.connection.createSchema(this.schema);
    await this.connection.run(
      `CREATE TABLE IF NOT EXISTS ${this.name} (
  id STRING NOT NULL COMMENT 'the UTC second it began, and four digits',
  state STRING NOT NULL COMMENT 'running, finished, published, kept, rolled back or failed',
  command STRING,
  started_at TIMESTAMP NOT NULL,
  finished_at TIMESTAMP,
  published_at TIMESTAMP,
  build_schema STRING NOT NULL COMMENT 'the schema with its tables',
  content STRING NOT NULL COMMENT 'JSON: results, rows and published names',
  lineage STRING COMMENT 'JSON: what its tables are made of',
  seen_at TIMESTAMP NOT NULL COMMENT 'when it last said that it is alive'
) USING DELTA COMMENT 'Builds of techstore: the published names are views on the tables of the one that is published'`,
    );
    await insert();
  }

  /** Records a heartbeat of a running build. */
  async see(id: string): Promise<void> {
    await this.connection.run(
      `UPDATE ${this.name}\nSET seen_at = current_timestamp()\nWHERE id = ?`,
      [id],
    );
  }

  /**
   * Sets state and content of an ended build.
   *
   * @throws TechstoreError `lock` if another build removed it as dead meanwhile
   */
  async finish(build: BuildRow, { lineage, code }: Beside): Promise<void> {
    const { rowsChanged } = await this.connection.run(
      `UPDATE ${this.name}\nSET state = ?, finished_at = CAST(? AS TIMESTAMP), content = ?, lineage = ?\nWHERE id = ? AND state = 'running'`,
      [
        build.state,
        build.finishedAt,
        contentOf(build),
        lineage === undefined && code === undefined ? null : JSON.stringify({ ...lineage, code }),
        build.id,
      ],
    );
    if (rowsChanged === 0) throw takenForDead(build.id);
  }

  /** The lineage that `finish` stored; null if there is none. */
  async lineage(id: string): Promise<object | null> {
    const beside = await this.beside(id);
    if (beside === null) return null;
    return Object.fromEntries(Object.entries(beside).filter(([key]) => key !== 'code'));
  }

  /** The code that `finish` stored; null if there is none. */
  async code(id: string): Promise<object | null> {
    return (await this.beside(id))?.code ?? null;
  }

  /** Both are in one column: tables of earlier versions have no other. */
  private async beside(id: string): Promise<{ readonly code?: object } | null> {
    const { rows } = await this.connection.query(`SELECT lineage FROM ${this.name} WHERE id = ?`, [
      id,
    ]);
    const text = rows[0]?.[0] ?? null;
    return text === null ? null : (JSON.parse(text as string) as { code?: object });
  }

  /** In one commit, marks this build as published, and the previous one as kept, or as rolled back if it is newer. */
  async publish(id: string, at: Date): Promise<void> {
    await this.connection.run(
      `UPDATE ${this.name}
SET published_at = CASE WHEN id = ? THEN CAST(? AS TIMESTAMP) ELSE published_at END,
    state = CASE WHEN id = ? THEN 'published' WHEN id > ? THEN 'rolled back' ELSE 'kept' END
WHERE id = ? OR state = 'published'`,
      [id, at.toISOString(), id, id, id],
    );
  }

  async remove(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.connection.run(
      `DELETE FROM ${this.name} WHERE id IN (${ids.map(() => '?').join(', ')})`,
      ids,
    );
  }

  /** Schemas whose names have the prefix of builds. */
  async schemasOfBuilds(prefix: string): Promise<string[]> {
    const { rows } = await this.connection.query(
      `SHOW SCHEMAS IN ${this.dialect.quoteIdentifier(this.schema.database)} LIKE ${this.dialect.quoteLiteral(`${prefix}*`)}`,
    );
    return rows.map(([name]) => name as string);
  }

  async dropSchema(schema: string): Promise<void> {
    const name = this.dialect.renderSchema({ database: this.schema.database, schema });
    await this.connection.run(`DROP SCHEMA IF EXISTS ${name} CASCADE`);
  }

  private async orMissing<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      // A catalog that is not there is one that was written wrong.
      const isMissing = error instanceof DatabaseError && error.kind === 'catalog';
      if (isMissing && !/^\[(NO_SUCH_)?CATALOG/.test(error.message)) return null;
      throw error;
    }
  }
}

export function takenForDead(id: string): TechstoreError {
  return new TechstoreError('lock', `Another build removed build ${id}, which sent no heartbeat`, {
    hint: 'A build must send a heartbeat within ten minutes; a machine that sleeps sends none. Nothing was published. Build again.',
  });
}

function contentOf(build: BuildRow): string {
  const { host, machine, pid, user, details, names, kind, isWorking } = build;
  return JSON.stringify({ host, machine, pid, user, details, names, kind, isWorking });
}

/** `2026-11-25 02:15:39.5` in UTC as ISO 8601. */
function isoOf(text: string | null | undefined): string | null {
  return text === null || text === undefined
    ? null
    : new Date(`${text.replace(' ', 'T')}Z`).toISOString();
}
