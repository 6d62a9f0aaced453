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

/** An id of a build stands in a header again: nothing else may. */
const buildId = z.string().regex(/^[\w-]{1,100}$/);

/** Anything else would end as an error of the database. */
const valueOf: Partial<Record<ColumnType | 'build', z.ZodType<string>>> = {
  build: buildId,
  id: wholeNumber(),
  count: wholeNumber(),
  money: z.string().regex(/^-?\d{1,16}(\.\d{1,2})?$/),
  date: instant(/^\d{4}-\d\d-\d\d$/, 'T00:00:00Z'),
  timestamp: instant(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?$/, 'Z'),
};

/** As large as BIGINT is. */
function wholeNumber(): z.ZodType<string> {
  // One check: those behind it would run on what the one before has refused.
  return z
    .string()
    .refine(
      (text) => /^-?\d{1,19}$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text),
    );
}

function instant(pattern: RegExp, rest: string): z.ZodType<string> {
  return z.string().refine((text) => {
    if (text === 'infinity' || text === '-infinity') return true;
    if (!pattern.test(text)) return false;
    const date = new Date(`${text.replace(' ', 'T')}${rest}`);
    // A day that there is not would be another one here, and no engine has a year 0.
    return (
      !text.startsWith('0000') &&
      !Number.isNaN(date.getTime()) &&
      date.toISOString().slice(0, 10) === text.slice(0, 10)
    );
  });
}

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
  const parsed = schemaOf(list).safeParse(jsonOf(text));
  if (parsed.success) return { build: parsed.data.build, after: parsed.data.after };
  throw new Problem(404, 'This page does not exist. Start again without a cursor.');
}

/** Every field of a cursor of this list, and no other. */
function schemaOf({ name, columns, order = [] }: PagedList): z.ZodType<Cursor> {
  const after = order.map(({ column }) => {
    const type = columns.find((one) => one.name === column)?.type ?? 'text';
    const value = z
      .union([z.string(), z.number()])
      .refine((given) => valueOf[type]?.safeParse(String(given)).success === true);
    return [column, value] as const;
  });
  return z.strictObject({
    list: z.literal(name),
    build: buildId,
    after: z.strictObject(Object.fromEntries(after)),
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
