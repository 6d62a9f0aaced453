/** Rows from Arrow batches, as warehouses answer. */
import type { ColumnInfo, Row, Value } from '../engine.js';
import { RecordBatchReader, Type, type ArrowData } from './arrow-library.js';
import {
  binaryValue,
  dateValue,
  decimalValue,
  floatValue,
  nestedFromJson,
  timestampText,
  timestampValue,
} from './values.js';

/** The full names of types, which Thrift's description lacks for nested ones. */
export function sqlNames(schema: Buffer): (string | undefined)[] {
  const reader = RecordBatchReader.from([schema]).open();
  return reader.schema.fields.map((field) => field.metadata.get('Spark:DataType:SqlName'));
}

/** @param batches the schema's bytes come first: batches are sent without it */
export function rowsOfArrow(
  columns: readonly ColumnInfo[],
  schema: Buffer,
  batches: readonly Buffer[],
): Row[] {
  const rows: Row[] = [];
  for (const batch of RecordBatchReader.from([schema, ...batches])) {
    const data = batch.data.children;
    for (let row = 0; row < batch.numRows; row += 1) {
      rows.push(columns.map((column, i) => cell(column, data[i], row)));
    }
  }
  return rows;
}

function cell(column: ColumnInfo, data: ArrowData | undefined, row: number): Value {
  if (data === undefined) return null;
  const value = valueAt(data, row);
  // What the server chose to print itself.
  if (typeof value !== 'string' || data.typeId !== Type.Utf8) return value;
  if (column.kind === 'nested') return nestedFromJson(value);
  if (column.kind === 'timestamp') return timestampText(value);
  return value;
}

function valueAt(data: ArrowData, row: number): Value {
  if (data.nullCount > 0 && !data.getValid(row)) return null;
  const { values } = data;
  const { type } = data;
  switch (data.typeId) {
    case Type.Null:
      return null;
    case Type.Bool: {
      const bit = data.offset + row;
      return (((values as Uint8Array)[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0;
    }
    case Type.Int: {
      const value = (values as Int32Array | BigInt64Array)[row] ?? 0;
      return type.bitWidth === 64 ? String(value) : Number(value);
    }
    case Type.Float:
      return floatValue((values as Float64Array)[row] ?? 0, type.precision === 1);
    case Type.Decimal:
      return decimalValue(int128(values as Uint32Array, row), type.scale ?? 0);
    case Type.Date:
      return dateValue((values as Int32Array)[row] ?? 0);
    case Type.Timestamp:
      return timestampValue(int64(values as Int32Array, row) * (MICROS[type.unit ?? 2] ?? 1n));
    case Type.Utf8:
      return new TextDecoder().decode(bytesAt(data, row));
    case Type.Binary:
      return binaryValue(bytesAt(data, row));
    case Type.List: {
      const [child] = data.children;
      const [from, to] = bounds(data, row);
      return child === undefined ? [] : range(from, to, (i) => valueAt(child, i));
    }
    case Type.Struct:
      return Object.fromEntries(
        type.children.map((field, i) => {
          const child = data.children[i];
          return [field.name, child === undefined ? null : valueAt(child, row)];
        }),
      );
    case Type.Map: {
      const [entries] = data.children;
      const [from, to] = bounds(data, row);
      const [keys, mapped] = entries?.children ?? [];
      if (keys === undefined || mapped === undefined) return [];
      return range(from, to, (i) => ({
        key: valueAt(keys, i),
        value: valueAt(mapped, i),
      }));
    }
    default:
      throw new TypeError(`Arrow's type ${String(type)} has no known value form.`);
  }
}

/** Microseconds in Arrow's units: seconds, milliseconds, microseconds. */
const MICROS: readonly bigint[] = [1_000_000n, 1000n, 1n];

function bounds(data: ArrowData, row: number): [number, number] {
  const offsets = data.valueOffsets;
  return [offsets[row] ?? 0, offsets[row + 1] ?? 0];
}

function bytesAt(data: ArrowData, row: number): Uint8Array {
  return (data.values as Uint8Array).subarray(...bounds(data, row));
}

function range(from: number, to: number, at: (i: number) => Value): Value[] {
  return Array.from({ length: to - from }, (_, i) => at(from + i));
}

/** 64 bits that Arrow keeps as two halves, the lower first. */
function int64(words: Int32Array | BigInt64Array, row: number): bigint {
  if (words instanceof BigInt64Array) return words[row] ?? 0n;
  return (BigInt(words[2 * row + 1] ?? 0) << 32n) | BigInt((words[2 * row] ?? 0) >>> 0);
}

function int128(words: Uint32Array, row: number): bigint {
  let value = 0n;
  for (let i = 3; i >= 0; i -= 1) value = (value << 32n) | BigInt((words[4 * row + i] ?? 0) >>> 0);
  return BigInt.asIntN(128, value);
}
