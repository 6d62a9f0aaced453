/** Work on what is published that belongs to no build, as a loader would do it: in the published file itself. */
import { existsSync, renameSync } from 'node:fs';
import { DatabaseError, DatabaseLockedError } from '../../engine/database-error.js';
import type { Connection } from '../../engine/engine.js';
import type { DatabaseOptions } from './database-options.js';
import type { DuckDBEngine } from '../../engine/duckdb/index.js';
import { interruptedError, TechstoreError } from '../../errors.js';
import type { Operation } from '../build-store.js';
import { objectsIn } from './catalog-objects.js';
import { removeDatabase } from './remove-database.js';
import { syncFile, syncFolder } from './files.js';
import type { Layout } from './layout.js';
import { replayLog } from './published-file.js';

interface OperationOptions {
  /** Where the file is made if there is none: the clean-up of a later build knows the name. */
  readonly staging: string;
  readonly database: DatabaseOptions | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * Everything is one transaction: when `work` throws, nothing of it stays. The file is opened when the
 * work asks for it, and it keeps its bytes and times where the work changes nothing. A file that was
 * not there is made only if something is in it then.
 *
 * @throws TechstoreError `lock` where another program has the file open
 */
export async function operate<T>(
  layout: Layout,
  options: OperationOptions,
  work: (operation: Operation) => Promise<T>,
): Promise<T> {
  const isNew = !existsSync(layout.published);
  const path = isNew ? options.staging : layout.published;
  let opened: Promise<Opened> | null = null;
  const open = async (): Promise<Opened> => {
    if (!isNew) await replayLog(layout);
    return begin(layout, path, options);
  };
  try {
    const result = await work({
      connect: async () => (await (opened ??= open())).connection,
    });
    const used = opened === null ? null : await (opened as Promise<Opened>);
    if (used !== null) {
      await commit(used.connection);
      const holds = await objectsIn(used.connection, used.engine.database);
      await used.end();
      if (isNew && holds.length > 0) await putInPlace(layout, path);
    }
    return result;
  } finally {
    const used = await (opened as Promise<Opened> | null)?.catch(() => null);
    // What was not committed is rolled back.
    await used?.end().catch(() => undefined);
    if (isNew) removeDatabase(path);
  }
}

interface Opened {
  readonly engine: DuckDBEngine;
  readonly connection: Connection;
  /** May be called twice. */
  end(): Promise<void>;
}

async function begin(
  layout: Layout,
  path: string,
  { database, signal }: OperationOptions,
): Promise<Opened> {
  const { openDuckDB } = await import('../../engine/duckdb/index.js');
  let engine: DuckDBEngine;
  try {
    engine = await openDuckDB({ catalog: layout.stem, ...database, path });
  } catch (error) {
    throw error instanceof DatabaseLockedError ? isOpenElsewhere(layout, error) : error;
  }
  const stop = (): void => engine.interruptAll();
  signal?.addEventListener('abort', stop);
  const end = async (): Promise<void> => {
    signal?.removeEventListener('abort', stop);
    await engine.close();
  };
  try {
    const connection = await engine.connect();
    // An abort while the file was opened has nobody left to tell it.
    if (signal?.aborted === true) throw interruptedError('Interrupted: nothing was changed');
    await connection.run('BEGIN TRANSACTION');
    return { engine, connection, end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Work that ended the transaction by a COMMIT of its own has nothing left to commit. */
async function commit(connection: Connection): Promise<void> {
  try {
    await connection.run('COMMIT');
  } catch (error) {
    if (error instanceof DatabaseError && /no transaction is active/i.test(error.message)) return;
    throw error;
  }
}

async function putInPlace(layout: Layout, path: string): Promise<void> {
  await syncFile(path);
  renameSync(path, layout.published);
  await syncFolder(layout.folder);
}

function isOpenElsewhere(layout: Layout, error: DatabaseLockedError): TechstoreError {
  const who =
    error.pid === null
      ? 'another program'
      : `${error.program ?? 'a program'} (process ${error.pid})`;
  return new TechstoreError('lock', `${layout.asGiven} is open in ${who}`, {
    hint: 'A macro may write to it, so no other program may have it open. Close that program, and run the command again.',
    cause: error,
  });
}
