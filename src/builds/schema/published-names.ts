/** The published names: views on the tables of one build, and on unchanged tables of earlier builds. */
import { DatabaseError } from '../../engine/database-error.js';
import type { Connection, Dialect, Engine, RelationName } from '../../engine/engine.js';
import type { PublishedName } from './build-row.js';

export class PublishedNames {
  private readonly engine: Engine;
  /** One of the connections that set views; the others are opened for it. */
  private readonly connection: Connection;
  /** Catalog of all builds. */
  private readonly database: string;

  constructor(engine: Engine, connection: Connection, database: string) {
    this.engine = engine;
    this.connection = connection;
    this.database = database;
  }

  /** @param before names that are views now */
  switchTo(
    names: readonly PublishedName[],
    before: readonly PublishedName[],
    threads: number,
  ): Promise<void> {
    const comments = new Map(before.map((name) => [keyOf(name), name.comment]));
    return this.set(
      names.map((name) => ({
        view: name,
        table: name.table,
        comment: name.comment,
        isThere: comments.get(keyOf(name)) === name.comment,
      })),
      threads,
    );
  }

  /** Sets each view in one step, so that the name always exists. */
  async set(views: readonly ViewToSet[], threads: number): Promise<void> {
    const { dialect } = this.engine;
    const { database } = this;
    const left = [...views];
    const work = async (connection: Connection): Promise<void> => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const table = dialect.renderRelation({ database, ...next.table });
        await setView(connection, dialect, next, `SELECT * FROM ${table}`);
      }
    };
    const others = await Promise.all(
      Array.from({ length: Math.max(0, Math.min(threads, views.length) - 1) }, () =>
        this.engine.connect(),
      ),
    );
    // An error ends the work of all: none may set a view while the caller sets them back.
    const works = [this.connection, ...others].map((connection) =>
      work(connection).catch((error: unknown) => {
        left.length = 0;
        throw error;
      }),
    );
    const ended = await Promise.allSettled(works);
    await Promise.all(others.map((other) => other.release()));
    const failed = ended.find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /** Drops names of an earlier build that the published one no longer has. */
  async drop(before: readonly PublishedName[], now: readonly PublishedName[]): Promise<void> {
    const stay = new Set(now.map(keyOf));
    for (const name of before.filter((one) => !stay.has(keyOf(one)))) {
      await this.connection.run(`DROP VIEW IF EXISTS ${this.engine.dialect.renderRelation(name)}`);
    }
  }
}

export interface ViewToSet {
  readonly view: RelationName;
  readonly table: PublishedName['table'];
  readonly comment: string | null;
  /** True where the view exists, with this comment. */
  readonly isThere: boolean;
}

/**
 * A view that is there is altered: where the catalog is not Unity's, CREATE OR REPLACE VIEW
 * drops it first, and a reader can find nothing for an instant.
 */
async function setView(
  connection: Connection,
  dialect: Dialect,
  { view, comment, isThere }: ViewToSet,
  query: string,
): Promise<void> {
  const name = dialect.renderRelation(view);
  if (isThere) {
    try {
      await connection.run(`ALTER VIEW ${name} AS\n${query}`);
      return;
    } catch (error) {
      // Somebody dropped it.
      if (!(error instanceof DatabaseError) || error.kind !== 'catalog') throw error;
    }
  }
  const described = comment === null ? '' : ` COMMENT ${dialect.quoteLiteral(comment)}`;
  await connection.run(`CREATE OR REPLACE VIEW ${name}${described} AS\n${query}`);
}

export function keyOf({ database, schema, identifier }: RelationName): string {
  return JSON.stringify([database, schema, identifier]).toLowerCase();
}
