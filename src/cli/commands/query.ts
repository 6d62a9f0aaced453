/** `query`: SQL on the published tables. The engine itself refuses to write. */
import { readFileSync } from 'node:fs';
import { TechstoreError } from '../../errors.js';
import { onInterrupt } from '../interrupt.js';
import { openProfile } from '../load.js';
import { openBuild } from '../open-build.js';
import type { FormatOptions, ProjectOptions } from '../options.js';
import { printRows } from '../print-rows.js';

export interface QueryOptions extends ProjectOptions, FormatOptions {
  readonly file?: string;
  readonly limit: number;
  readonly build?: string;
}

export async function query(sql: string | undefined, options: QueryOptions): Promise<void> {
  const text = sqlOf(sql, options);
  const { profile } = openProfile(options);
  const { engine } = await openBuild(profile, options.build);
  const { signal, end } = onInterrupt();
  signal.addEventListener('abort', () => engine.interruptAll());
  try {
    const connection = await engine.connect();
    await connection.run(`set schema = ${engine.dialect.quoteLiteral(profile.target.schema)}`);
    // The file is read only; this closes the other ways out: reading and writing files of the machine.
    await connection.run('set enable_external_access = false; set lock_configuration = true');
    await printRows(await connection.stream(text), options);
  } finally {
    end();
    await engine.close();
  }
}

function sqlOf(sql: string | undefined, options: QueryOptions): string {
  if (sql !== undefined && options.file !== undefined) {
    throw new TechstoreError('usage', 'Give the SQL or --file, not both');
  }
  if (sql !== undefined) return sql;
  const path = options.file ?? (process.stdin.isTTY === true ? undefined : '-');
  if (path === undefined) {
    throw new TechstoreError('usage', 'There is no SQL to run', {
      hint: "Write it behind the command: techstore query 'select 1', or name a file with --file.",
    });
  }
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (cause) {
    throw new TechstoreError('usage', `The file ${path} can't be read`, { cause });
  }
}
