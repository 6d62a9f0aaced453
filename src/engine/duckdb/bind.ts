import type { DuckDBPreparedStatement } from '@duckdb/node-api';
import type { Param, Params } from '../engine.js';
import { DatabaseError } from '../database-error.js';
import { DuckDBTypeId } from './driver.js';

const INT32 = 2 ** 31;

/** Binds the parameters of one statement; as many as it has, neither fewer nor more. */
export function bind(statement: DuckDBPreparedStatement, params: Params): void {
  const list = isList(params);
  const given = list ? params.length : Object.keys(params).length;
  if (given !== statement.parameterCount) {
    throw new DatabaseError(
      `The statement has ${statement.parameterCount} parameters, but ${given} were given.`,
      { kind: 'invalid-input' },
    );
  }
  if (list) params.forEach((value, i) => bindOne(statement, i + 1, value));
  else {
    for (const [name, value] of Object.entries(params)) {
      bindOne(statement, statement.parameterIndex(name), value);
    }
  }
}

function isList(params: Params): params is readonly Param[] {
  return Array.isArray(params);
}

/**
 * Whole numbers are bound as integers: the driver would make each number a DOUBLE. A value of
 * another type than the statement was planned for would have it planned again.
 */
function bindOne(statement: DuckDBPreparedStatement, index: number, value: Param): void {
  if (value === null) statement.bindNull(index);
  else if (typeof value === 'string') statement.bindVarchar(index, value);
  else if (typeof value === 'boolean') statement.bindBoolean(index, value);
  else if (typeof value === 'bigint') {
    if (BigInt.asIntN(64, value) === value) statement.bindBigInt(index, value);
    else statement.bindHugeInt(index, value);
  } else if (!Number.isSafeInteger(value)) statement.bindDouble(index, value);
  else if (
    value >= -INT32 &&
    value < INT32 &&
    statement.parameterTypeId(index) !== DuckDBTypeId.BIGINT
  ) {
    statement.bindInteger(index, value);
  } else statement.bindBigInt(index, BigInt(value));
}
