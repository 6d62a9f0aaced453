/** What an expression does with a column: leaves it, computes with it, aggregates it. */
import type { How } from '../lineage.js';

/** Aggregates that the parser has a kind of expression for, besides `aggregate_function`. */
const aggregates = new Set(
  `aggregate_function any_value approx_count_distinct approx_distinct approx_quantile arg_max arg_min
  array_agg avg bit_and_agg bit_or_agg bit_xor_agg count corr covar_pop covar_samp first group_concat kurtosis
  last list_agg logical_and logical_or max max_by median min min_by mode percentile_cont percentile_disc quantile
  skewness stddev stddev_pop stddev_samp string_agg sum sum_if count_if var_pop var_samp variance`.split(
    /\s+/,
  ),
);

type Known = Exclude<How, null>;
const strength: readonly Known[] = ['direct', 'transformed', 'aggregated'];

/** The stronger of the two: what is aggregated anywhere on its way is aggregated. */
export function stronger(a: How, b: How): How {
  if (a === null || b === null) return null;
  return strength.indexOf(a) >= strength.indexOf(b) ? a : b;
}

/** Kinds of expression that hold nothing but the value itself. */
const transparent = new Set(['alias', 'paren', 'column', 'identifier']);

/**
 * Looks for a column inside the expression of a select list.
 *
 * @param tables names that the column may be qualified with
 * @returns null where it does not stand in the expression, or another of its name does
 */
export function howUsed(expression: unknown, column: string, tables: readonly string[]): How {
  const found = new Set<Known>();
  const elsewhere = new Set<Known>();
  search(expression, 'direct', false);
  if (found.size > 0) return strength.findLast((how) => found.has(how)) ?? null;
  // A CTE can be read under an alias that the parser does not tell.
  const [only, ...more] = elsewhere;
  return only !== undefined && more.length === 0 ? only : null;

  function search(value: unknown, how: Known, inWindow: boolean): void {
    if (Array.isArray(value)) {
      for (const item of value) search(item, how, inWindow);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    for (const [kind, child] of Object.entries(value as Record<string, unknown>)) {
      if (kind === 'inferred_type' || kind === 'span') continue;
      if (kind === 'column') note(child, how);
      else search(child, next(kind, child, how, inWindow), inWindow || kind === 'window_function');
    }
  }

  function next(kind: string, child: unknown, how: Known, inWindow: boolean): Known {
    if (how === 'aggregated' || typeof child !== 'object' || child === null) return how;
    // A sum over a window keeps its rows, and so does what it computes from.
    if (aggregates.has(kind) && !inWindow) return 'aggregated';
    if (transparent.has(kind) || kind === 'this') return how;
    return 'transformed';
  }

  function note(value: unknown, how: Known): void {
    const { name, table } = value as { name?: { name?: string }; table?: { name?: string } };
    if (name?.name?.toLowerCase() !== column) return;
    const qualifier = table?.name?.toLowerCase();
    (qualifier === undefined || tables.includes(qualifier) ? found : elsewhere).add(how);
  }
}
