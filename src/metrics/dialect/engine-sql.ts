/** What the engines write differently: see macros/numbers.sql, which does the same for the models. */
import { sql, type RawBuilder } from 'kysely';
import type { EngineName } from '../../engine/engine.js';

type Expression = RawBuilder<unknown>;

export interface EngineSql {
  /**
   * numerator / denominator * times as DECIMAL(18,2): exact, rounded once, half away from zero.
   * Operands are whole numbers or decimals of at most two places. NULL when an operand is NULL,
   * when the denominator is zero, and when the result does not fit.
   */
  ratio(numerator: Expression, denominator: Expression, times?: number): Expression;
  /** Days from the first date to the second. */
  daysBetween(first: Expression, last: Expression): Expression;
  /** Whole numbers as rows: `select … as name`. */
  numbers(name: string, least: number, most: number): Expression;
}

const step = sql.raw(`cast('0.01' as decimal(2, 2))`);

/** Whole numbers of hundredths, and half of the denominator added away from zero before `divide` cuts. */
const duckdb: EngineSql = {
  ratio(numerator, denominator, times = 1) {
    const n = sql`cast(cast(${numerator} as decimal(38, 2)) * 100 as hugeint)`;
    const d = sql`cast(cast(${denominator} as decimal(38, 2)) * 100 as hugeint)`;
    const scale = sql.lit(2 * times * 100);
    return sql`try_cast(try_cast(divide(${n} * ${scale} + sign(${n}) * abs(${d}), nullif(${d}, 0) * 2) as decimal(38, 0)) * ${step} as decimal(18, 2))`;
  },
  daysBetween: (first, last) => sql`date_diff('day', ${first}, ${last})`,
  numbers: (name, least, most) =>
    sql`select cast(unnest(range(${sql.lit(least)}, ${sql.lit(most + 1)})) as int) as ${sql.id(name)}`,
};

/** Spark cuts a wide quotient at six digits: without its remainder the division is exact. */
const databricks: EngineSql = {
  ratio(numerator, denominator, times = 1) {
    const n = sql`cast(cast(${numerator} as decimal(38, 2)) * 100 as decimal(38, 0))`;
    const d = sql`cast(cast(${denominator} as decimal(38, 2)) * 100 as decimal(38, 0))`;
    const dividend = sql`(abs(${n}) * ${sql.lit(2 * times * 100)} + abs(${d}))`;
    const divisor = sql`(nullif(abs(${d}), 0) * 2)`;
    return sql`try_cast(cast((${dividend} - ${dividend} % ${divisor}) / ${divisor} as decimal(32, 0)) * cast(sign(${n}) * sign(${d}) as decimal(1, 0)) * ${step} as decimal(18, 2))`;
  },
  daysBetween: (first, last) => sql`datediff(${last}, ${first})`,
  numbers: (name, least, most) =>
    sql`select explode(sequence(${sql.lit(least)}, ${sql.lit(most)})) as ${sql.id(name)}`,
};

export const engineSql: Readonly<Record<EngineName, EngineSql>> = { duckdb, databricks };
