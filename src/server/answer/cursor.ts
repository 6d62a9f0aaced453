/** Where the next page of a list begins: a build, and the place of the last row in the list's order. */
import { z } from 'zod';
import type { ColumnType } from '../../metrics/metric.js';
import type { Values } from '../../metrics/parameters.js';
import { Problem } from '../http/problem.js';

export interface Cursor {
  /** The build that the page before was answered from. */
  readonly build: string;
  readonly after: Values;
}

/** Anything else would end as an error of the database. */
const patterns: Partial<Record<ColumnType | 'build', RegExp>> = {
  build: /^[\w-]{1,40}$/,
  id: /^-?\d{1,18}$/,
  count: /^-?\d{1,18}$/,
  money: /^-?\d{1,16}(\.\d{1,2})?$/,
  date: /^\d{4}-\d\d-\d\d$/,
  timestamp: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
};

const schema = z.strictObject({
  list: z.string(),
  build: z.string().max(100),
  after: z.record(z.string(), z.union([z.string().max(40), z.number()])),
});

/** What a cursor goes through: a metric, or a list of another kind that is paged in the same way. */
export interface PagedList {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: ColumnType | 'build' }[];
  readonly order?: readonly { readonly column: string }[];
}

export function writeCursor(list: Pick<PagedList, 'name'>, cursor: Cursor): string {
  return Buffer.from(JSON.stringify({ list: list.name, ...cursor })).toString('base64url');
}

/** Throws a problem of status 404 for anything but a cursor of this list. */
export function readCursor(list: PagedList, text: string): Cursor {
  const parsed = schema.safeParse(jsonOf(text));
  if (parsed.success && parsed.data.list === list.name) {
    const { build, after } = parsed.data;
    const isPlace = (list.order ?? []).every(({ column }) => {
      const type = list.columns.find(({ name }) => name === column)?.type ?? 'text';
      const value = after[column];
      return value !== undefined && isValue(String(value), type);
    });
    if (isPlace) return { build, after };
  }
  throw new Problem(404, 'There is no such page of this list. Begin again without a cursor.');
}

function isValue(text: string, type: ColumnType | 'build'): boolean {
  if (patterns[type]?.test(text) !== true) return false;
  if (type !== 'date' && type !== 'timestamp') return true;
  const date = new Date(`${text.replace(' ', 'T')}${type === 'date' ? 'T00:00:00' : ''}Z`);
  // A day that there is not would be another one here.
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text.slice(0, 10);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
