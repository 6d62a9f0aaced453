/** What a metric is: plain data, so that whoever needs a name, a range or a column loads no query builder. */
import type { DetailName, QueryName, SectionName } from './metric-names.js';

/**
 * How a column's values are written as JSON:
 *
 * - `id`, `count`: whole numbers; past 2^53 - 1 in size as text;
 * - `money`, `percent`, `amount`: numbers of at most two decimals, exact to 15 significant digits;
 * - `date` `2024-10-01`, `timestamp` `2024-10-01T00:00:00` (UTC);
 * - `text`, `boolean`.
 */
export type ColumnType =
  'id' | 'count' | 'money' | 'percent' | 'amount' | 'text' | 'date' | 'timestamp' | 'boolean';

export interface MetricColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly description: string;
}

/** Where the question comes from: the terminal may ask for longer lists than the API. */
export type Surface = 'terminal' | 'api';

export type Parameter =
  | {
      readonly kind: 'number';
      readonly description: string;
      readonly default: number;
      /** Smallest and largest value, both allowed. */
      readonly range: Readonly<Record<Surface, readonly [least: number, most: number]>>;
    }
  | {
      readonly kind: 'choice';
      readonly description: string;
      readonly choices: readonly string[];
    }
  | {
      readonly kind: 'id';
      readonly description: string;
    };

/** A column of the total order of a list; keyset paging goes on behind its values. */
export interface SortKey {
  readonly column: string;
  readonly direction: 'asc' | 'desc';
}

/** What help and completion tell of a metric. */
export interface Question {
  readonly description: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** Of a thing told in full. */
  readonly sections?: readonly string[];
}

export interface Metric<Name extends QueryName = QueryName> {
  /** As the terminal calls it: `customers top`. */
  readonly name: Name;
  readonly description: string;
  /** A list of rows, or the one row of an object. */
  readonly shape: 'list' | 'object';
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly columns: readonly MetricColumn[];
  /** The total order of a list that can be paged; its last column is unique. */
  readonly order?: readonly SortKey[];
  /**
   * The one parameter, a number, whose every value can be asked at once: see `askEvery`. Only
   * where all answers are little work beside that of planning the query of one.
   */
  readonly every?: string;
}

/** One thing told in full: several metrics with the same parameters, under names of their own. */
export interface Detail<Name extends DetailName = DetailName> {
  readonly name: Name;
  readonly description: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** The first is an object, and without a row there is no such thing. */
  readonly sections: Readonly<Record<string, Metric<SectionName>>>;
}

/** With every section that its name promises. */
export type WholeDetail<Name extends DetailName> = Detail<Name> & {
  readonly sections: {
    readonly [Own in SectionName as Own extends `${Name} ${infer Key}` ? Key : never]: Metric<Own>;
  };
};

type Make = (name: string, description: string) => MetricColumn;

function columnOf(type: ColumnType, nullable = false): Make {
  return (name, description) => ({ name, type, nullable, description });
}

/** Short words for writing columns down. */
export const column = {
  id: columnOf('id'),
  count: columnOf('count'),
  money: columnOf('money'),
  percent: columnOf('percent'),
  amount: columnOf('amount'),
  text: columnOf('text'),
  date: columnOf('date'),
  timestamp: columnOf('timestamp'),
  boolean: columnOf('boolean'),
} satisfies Record<ColumnType, Make>;

/** The same where a value may be missing. */
export const nullable = {
  id: columnOf('id', true),
  count: columnOf('count', true),
  money: columnOf('money', true),
  percent: columnOf('percent', true),
  amount: columnOf('amount', true),
  text: columnOf('text', true),
  date: columnOf('date', true),
  timestamp: columnOf('timestamp', true),
  boolean: columnOf('boolean', true),
} satisfies Record<ColumnType, Make>;
