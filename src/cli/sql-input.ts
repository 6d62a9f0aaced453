/** SQL from the command line, a file or standard input, and errors shown at their place in it. */
import { isatty } from 'node:tty';
import { DatabaseError } from '../engine/database-error.js';
import { TechstoreError } from '../errors.js';
import { excerptOf, readText } from '../project/index.js';

export interface SqlInput {
  readonly text: string;
  /** As messages name it. */
  readonly name: string;
}

/**
 * @param sql written behind the command
 * @param file a path, or `-` for standard input, which is also read where neither is given
 */
export async function sqlInput(
  sql: string | undefined,
  file: string | undefined,
): Promise<SqlInput> {
  if (sql !== undefined && file !== undefined)
    throw new TechstoreError('usage', 'Pass SQL or --file, not both');
  const input = await read(sql, file);
  if (input.text.trim() === '') throw noSql();
  return input;
}

export function noSql(): TechstoreError {
  return new TechstoreError('usage', 'There is no SQL to run', {
    hint: "Write it after the command: techstore query 'select 1', or pass a file with --file.",
  });
}

async function read(sql: string | undefined, file: string | undefined): Promise<SqlInput> {
  if (sql !== undefined) return { text: sql, name: 'the SQL' };
  if (file !== undefined && file !== '-') return { text: readFile(file), name: file };
  if (file === undefined && isatty(0)) return { text: '', name: 'the SQL' };
  const { text } = await import('node:stream/consumers');
  return { text: await text(process.stdin), name: 'standard input' };
}

function readFile(path: string): string {
  try {
    return readText(path, path);
  } catch (cause) {
    if (!(cause instanceof TechstoreError)) throw cause;
    throw new TechstoreError('usage', cause.message, {
      cause,
      ...(cause.hint === undefined ? {} : { hint: cause.hint }),
    });
  }
}

/** What the database said of the SQL, with its line and the lines around it. Other errors as they are. */
export function withSqlPlace(error: unknown, sql: SqlInput, hint?: string): unknown {
  if (!(error instanceof DatabaseError)) return error;
  const { sqlLine: line, sqlColumn: column } = error;
  const advice = hint ?? error.hint;
  return new TechstoreError('database', error.message, {
    cause: error,
    ...(advice === undefined ? {} : { hint: advice }),
    ...(line === undefined
      ? {}
      : {
          place: { file: sql.name, line, ...(column === undefined ? {} : { column }) },
          excerpt: excerptOf(sql.text, line, column),
        }),
  });
}
