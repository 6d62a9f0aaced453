import type { Dict } from './dict.js';
import type { HostFunction, HostObject } from './host.js';
import type { MacroValue } from './macro-value.js';
import type { Undefined } from './undefined.js';

/**
 * A value of a template, with Python's meaning:
 * - `null` is None, `boolean` is bool, `string` is str;
 * - an int is a `number` with no fraction, or a `bigint` past 2^53;
 * - a float is always a `Float`, so that 1.0 stays 1.0;
 * - a list is an array (mutable), a dict is a `Dict`, a tuple is a `Tuple`;
 * - everything else is a class of this folder. JavaScript's `undefined` is never a
 *   value: functions of the host answer it for "not found".
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Float
  | Value[]
  | Dict
  | Tuple
  | Undefined
  | MacroValue
  | HostFunction
  | HostObject;

/** A Python float. */
export class Float {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** A Python tuple; `names` makes it a named tuple. */
export class Tuple {
  readonly items: readonly Value[];
  readonly names: readonly string[] | undefined;

  constructor(items: readonly Value[], names?: readonly string[]) {
    this.items = items;
    this.names = names;
  }
}

/** Keyword arguments of a call, in order. */
export type Kwargs = ReadonlyMap<string, Value>;

export const noArgs: readonly Value[] = [];
export const noKwargs: Kwargs = new Map();

/** An int as `number` where that is exact, else as `bigint`. */
export function int(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value;
}
