/** Rows from Thrift's column sets, in which every column is one list. */
import type { TColumn } from '@databricks/sql/thrift/TCLIService_types.js';
import type { ColumnInfo, Row, Value } from '../engine.js';
import { binaryValue, floatValue, nestedFromJson, timestampText } from './values.js';

interface Values {
  readonly values: readonly unknown[];
  readonly nulls: Buffer;
}

export function rowsOfColumnSet(columns: readonly ColumnInfo[], set: readonly TColumn[]): Row[] {
  const lists = columns.map((column, i) => valuesOf(column, set[i]));
  const length = lists[0]?.length ?? 0;
  return Array.from({ length }, (_, row) => lists.map((list) => list[row] ?? null));
}

function valuesOf(column: ColumnInfo, data: TColumn | undefined): Value[] {
  const part =
    data &&
    ((data.stringVal ??
      data.i64Val ??
      data.i32Val ??
      data.doubleVal ??
      data.boolVal ??
      data.i16Val ??
      data.byteVal ??
      data.binaryVal) as Values | undefined);
  if (!part) return [];
  const { values, nulls } = part;
  const convert = converterOf(column);
  return values.map((value, i) => {
    const isNull = ((nulls[i >> 3] ?? 0) & (1 << (i & 7))) !== 0;
    return isNull ? null : convert(value);
  });
}

function converterOf({ kind, type }: ColumnInfo): (value: unknown) => Value {
  switch (kind) {
    case 'integer':
      return type === 'BIGINT' ? (value) => String(int64(value)) : (value) => Number(value);
    case 'float':
      return (value) => floatValue(Number(value), type === 'FLOAT');
    case 'boolean':
      return (value) => value === true;
    case 'timestamp':
      return (value) => timestampText(String(value));
    case 'binary':
      return (value) =>
        binaryValue(typeof value === 'string' ? Buffer.from(value) : (value as Buffer));
    case 'nested':
      return (value) => nestedFromJson(String(value));
    default:
      return String;
  }
}

/** The driver's class for 64 bits keeps the bytes. */
function int64(value: unknown): bigint {
  if (typeof value === 'number') return BigInt(value);
  return (value as { toBuffer(): Buffer }).toBuffer().readBigInt64BE(0);
}
