/** Asks the database how new the newest record of a source is, by dbt's macros for that. */
import { TechstoreError } from '../errors.js';
import { callMacro, Dict, runAsync, type Value } from '../jinja/index.js';
import type { SourceNode } from '../manifest/nodes.js';
import type { Backend } from './backend.js';
import type { Compiler } from './compile.js';
import { DateTimeValue } from './python/datetime.js';
import { TableValue } from './agate/table.js';
import { asDbtRuns } from './undefined-names.js';

/** An instant in UTC; a timestamp without a time zone counts as UTC, as with dbt. */
export interface Instant {
  readonly at: Date;
  /** Microseconds beyond the milliseconds of `at`. */
  readonly micros: number;
}

export interface NewestRecord {
  /** Null where there is no record, or none with a time. */
  readonly loadedAt: Instant | null;
  /** The database's clock. */
  readonly askedAt: Instant;
}

/**
 * By `loaded_at_query` where the source has one, else by `loaded_at_field` and `filter`.
 *
 * @throws TechstoreError `compilation` for what Jinja refuses, or an answer that is no timestamp;
 *   `database` for what the database refuses
 */
export async function newestRecord(
  source: SourceNode,
  compiler: Compiler,
  backend: Backend,
): Promise<NewestRecord> {
  const relation = compiler.relationOf(source);
  const options = { backend, thisRelation: relation };
  const { lookup } = compiler.context(null, options, new Map());
  const isQuery = source.loadedAtQuery !== null;
  const name = isQuery ? 'collect_freshness_custom_sql' : 'collect_freshness';
  const args: Value[] =
    source.loadedAtQuery !== null
      ? [relation, await compiler.renderText(source.loadedAtQuery, source.place, null, options)]
      : [relation, source.loadedAtField, source.freshness?.filter ?? null];
  const macro = compiler.session.macros.find(name);
  if (macro === undefined) throw new TechstoreError('compilation', `The macro ${name} is missing`);
  const answer = await runAsync(callMacro(macro.value, args, new Map(), lookup, asDbtRuns));
  const what = isQuery ? 'loaded_at_query' : 'loaded_at_field';
  const table = answer instanceof Dict ? answer.get('table') : answer;
  const [loaded, asked, more] =
    table instanceof TableValue ? [0, 1, 2].map((i) => table.column(i)) : [];
  if (loaded?.length !== 1 || asked?.length !== 1 || more !== undefined) {
    throw new TechstoreError('compilation', `${name} must give one row with two columns`, {
      hint: 'The columns are the newest time of the records and the time of the database.',
    });
  }
  const askedAt = instantOf(asked[0], 'The time of the database');
  if (askedAt === null) throw new TechstoreError('compilation', `${name} gives no time of now`);
  return { loadedAt: instantOf(loaded[0], `The answer of ${what}`), askedAt };
}

function instantOf(value: Value | undefined, what: string): Instant | null {
  if (value === null || value === undefined) return null;
  if (value instanceof DateTimeValue && value.kind !== 'date')
    return { at: value.instant, micros: value.micros };
  const is = value instanceof DateTimeValue ? 'a date' : 'no timestamp';
  throw new TechstoreError('compilation', `${what} is ${is}, and dbt takes a timestamp only`, {
    hint: 'Cast it: loaded_at_field: cast(my_column as timestamp).',
  });
}
