/** Parameters as the protocol wants them. Markers are `?`, or `:name`; `$name` and `$1` are rewritten. */
import { DatabaseError } from '../database-error.js';
import type { Param, Params } from '../engine.js';
import { scan } from './scan.js';

/** One parameter of Thrift's `TExecuteStatementReq`. */
export interface BoundParameter {
  readonly name?: string;
  readonly type: string;
  readonly value?: { readonly stringValue: string };
}

export interface Bound {
  readonly sql: string;
  readonly parameters: readonly BoundParameter[];
}

export function bind(sql: string, params: Params | undefined): Bound {
  if (params === undefined) return { sql, parameters: [] };
  const list = isList(params);
  const given: Readonly<Record<string, Param>> = list
    ? Object.fromEntries(params.map((value, i) => [String(i + 1), value]))
    : params;
  const found = findMarkers(sql);
  if (found.some(({ name }) => name === null)) return bindPositions(sql, params, found.length);
  const used = new Set(found.map(({ name }) => name ?? ''));
  checkCount(used.size, Object.keys(given).length);
  for (const name of used) {
    if (!Object.hasOwn(given, name)) {
      throw new DatabaseError(`The statement has a parameter ${name}, which was not given.`, {
        kind: 'invalid-input',
      });
    }
  }
  const nameOf = (name: string): string => (/^\d/.test(name) ? `p${name}` : name);
  let rewritten = '';
  let from = 0;
  for (const marker of found) {
    rewritten += `${sql.slice(from, marker.start)}:${nameOf(marker.name ?? '')}`;
    from = marker.end;
  }
  return {
    sql: rewritten + sql.slice(from),
    parameters: [...used].map((name) => parameter(given[name] ?? null, nameOf(name))),
  };
}

/** Names of the parameters, each once; those of `?` are `1`, `2`. */
export function parameterNames(sql: string): readonly string[] {
  return [...new Set(findMarkers(sql).map(({ name }, i) => name ?? String(i + 1)))];
}

function bindPositions(sql: string, params: Params, count: number): Bound {
  const given = isList(params) ? params : inOrder(params);
  checkCount(count, given.length);
  return { sql, parameters: given.map((value) => parameter(value)) };
}

/** The values named `1`, `2` and so on. */
function inOrder(params: Readonly<Record<string, Param>>): readonly Param[] {
  return Object.keys(params).map((_, i) => {
    const value = params[String(i + 1)];
    if (value !== undefined) return value;
    throw new DatabaseError('A statement with `?` takes its parameters by position.', {
      kind: 'invalid-input',
    });
  });
}

function checkCount(wanted: number, given: number): void {
  if (wanted === given) return;
  throw new DatabaseError(`The statement has ${wanted} parameters, but ${given} were given.`, {
    kind: 'invalid-input',
  });
}

interface Marker {
  /** Null for `?`. */
  readonly name: string | null;
  readonly start: number;
  readonly end: number;
}

/** A colon is a marker only where it can't be a cast (`::`) or a path (`column:field`). */
const MARKER = /\?(?!::)|\$(\w+)|(?<![\w:)\]`'"]):([a-zA-Z_]\w*)/g;

function findMarkers(sql: string): Marker[] {
  return scan(sql).flatMap(({ kind, start, end }) => {
    if (kind !== 'code') return [];
    return [...sql.slice(start, end).matchAll(MARKER)].map((match) => ({
      name: match[1] ?? match[2] ?? null,
      start: start + match.index,
      end: start + match.index + match[0].length,
    }));
  });
}

function isList(params: Params): params is readonly Param[] {
  return Array.isArray(params);
}

const INT32 = 2 ** 31;

function parameter(value: Param, name?: string): BoundParameter {
  const named = name === undefined ? {} : { name };
  if (value === null) return { ...named, type: 'VOID' };
  return { ...named, type: typeOf(value), value: { stringValue: String(value) } };
}

function typeOf(value: Exclude<Param, null>): string {
  if (typeof value === 'string') return 'STRING';
  if (typeof value === 'boolean') return 'BOOLEAN';
  if (typeof value === 'bigint') {
    return BigInt.asIntN(64, value) === value ? 'BIGINT' : 'DECIMAL(38,0)';
  }
  if (!Number.isSafeInteger(value)) return 'DOUBLE';
  return value >= -INT32 && value < INT32 ? 'INT' : 'BIGINT';
}
