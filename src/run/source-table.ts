/** Prepares a source and a connection for the reader of source files. */
import { relative } from 'node:path';
import { TechstoreError } from '../errors.js';
import type { Connection, Dialect } from '../engine/engine.js';
import type { SourceNode } from '../manifest/nodes.js';
import type { SourceDatabase, SourceTable } from '../sources/index.js';

export function sourceDatabase(connection: Connection): SourceDatabase {
  return {
    run: async (sql) => void (await connection.run(sql)),
    rows: async (sql) => (await connection.query(sql)).rows,
    checkInterrupt: () => {
      connection.checkInterrupt();
    },
  };
}

/** True if every column of the source has a type, so that a seed's file can be checked. */
export function isTyped(source: SourceNode): boolean {
  const columns = Object.values(source.columns);
  return columns.length > 0 && columns.every((column) => column.dataType !== null);
}

/** @param name name of its file, without the extension */
export function tableOf(source: SourceNode, dialect: Dialect, name = source.name): SourceTable {
  const untyped = Object.values(source.columns).filter((column) => column.dataType === null);
  if (!isTyped(source)) {
    throw new TechstoreError(
      'source',
      untyped.length === 0
        ? `The source ${source.sourceName}.${source.name} describes no columns`
        : `The source ${source.sourceName}.${source.name} has columns without a data_type: ${untyped.map((c) => c.name).join(', ')}`,
      {
        place: source.place,
        hint: 'Describe every column with its data_type in YAML: source files are read with these types.',
      },
    );
  }
  return {
    name,
    relation: dialect.renderRelation({
      database: source.database,
      schema: source.schema,
      identifier: source.identifier,
    }),
    columns: Object.values(source.columns).map((column) => ({
      name: column.name,
      type: column.dataType ?? '',
    })),
  };
}

/** Awaits the work and adds the folder to its errors, which name only files. */
export async function namingFolder<T>(dir: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof TechstoreError) || error.code !== 'source' || error.place !== undefined)
      throw error;
    const near = relative(process.cwd(), dir);
    const file = near === '' ? '.' : near.startsWith('..') ? dir : near;
    throw new TechstoreError('source', error.message, {
      place: { file },
      exitCode: error.exitCode,
      cause: error,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    });
  }
}
