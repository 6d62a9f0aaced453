import { Fault } from './fault.js';
import type { MacroValue } from './macro-value.js';
import type { Undefined } from './undefined.js';

// One file, since each of these classes names the others in its types.

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

/** A Python tuple; `names` makes it a named tuple, which prints its names when it has a title. */
export class Tuple {
  readonly items: readonly Value[];
  readonly names: readonly string[] | undefined;
  readonly title: string | undefined;

  constructor(items: readonly Value[], names?: readonly string[], title?: string) {
    this.items = items;
    this.names = names;
    this.title = title;
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

/**
 * A run of a template that may stop for promises: it yields each promise and is
 * resumed with what the promise gave. `runSync` and `runAsync` drive one.
 */
export type Waiting<T> = Generator<Promise<unknown>, T, unknown>;

/** The operators of arithmetic. */
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**';

/** What a host function may answer: a value, a promise of one, or a run that ends with one. */
export type HostResult = Value | Promise<Value> | Waiting<Value>;

/** What a host function may ask of the rendering that called it. */
export interface CallContext {
  /** Calls anything callable in this rendering: it shares the globals, limits and stack of calls. */
  call(callee: Value, args?: readonly Value[], kwargs?: Kwargs): Waiting<Value>;
  /** The text that `{{ value }}` would print. Throws for an undefined value in the strict mode. */
  toText(value: Value): string;
  /** The macro that made the call, or undefined when the call stands in the template itself. */
  readonly macro: MacroValue | undefined;
  /** File and line of the call. */
  readonly place: { readonly file: string; readonly line: number; readonly column: number };
}

export type HostCall = (args: readonly Value[], kwargs: Kwargs, context: CallContext) => HostResult;

/** A function of the host that templates can call. */
export class HostFunction {
  readonly name: string;
  readonly call: HostCall;

  constructor(name: string, call: HostCall) {
    this.name = name;
    this.call = call;
  }
}

/**
 * An object of the host. A template sees what these methods answer and nothing
 * else: no property of the JavaScript object is ever read by its name.
 */
export abstract class HostObject {
  /** The name of the type in messages, such as `Relation`. */
  abstract readonly typeName: string;

  /** What `{{ object }}` prints. */
  abstract toText(): string;

  /** What the object looks like inside a printed list. Default: as toText. */
  toRepr(): string {
    return this.toText();
  }

  /** `object.name`, also tried for `object['name']`. Answers undefined for "no such attribute". */
  getAttribute?(name: string): Value | undefined;

  /** `object.name(…)`. Answers undefined for "no such method"; then getAttribute is asked. */
  callMethod?(
    name: string,
    args: readonly Value[],
    kwargs: Kwargs,
    context: CallContext,
  ): HostResult | undefined;

  /** `object(…)`. */
  call?(args: readonly Value[], kwargs: Kwargs, context: CallContext): HostResult;

  /** `object[key]`. Answers undefined for "no such element"; then getAttribute is asked. */
  getItem?(key: Value): Value | undefined;

  /** `object[start:stop:step]`; what is left out is None. Default: an error. */
  slice?(start: Value, stop: Value, step: Value): Value;

  /** `{% set object.name = value %}`. Answers false when that is not allowed. */
  setAttribute?(name: string, value: Value): boolean;

  /** `for x in object`, and the filters that walk a sequence. */
  iterate?(): Iterable<Value>;

  /** `object | length`. */
  length?(): number;

  /** `key in object`. Default: by iterate. */
  contains?(key: Value): boolean;

  /** `object is mapping`. Default: false. */
  isMapping?(): boolean;

  /** `object == other`. Default: the same object. */
  equals?(other: Value): boolean;

  /** The truth of the object. Default: length() is not 0, or true without length. */
  isTrue?(): boolean;

  /** Below 0, 0 or above 0 as `object < other`; undefined when they have no order. */
  compare?(other: Value): number | undefined;

  /** `object operator other`, or `other operator object` when isLeft is false; undefined for "can't". */
  arithmetic?(operator: ArithmeticOperator, other: Value, isLeft: boolean): Value | undefined;

  /** Objects with the same key are one key of a dict. Default: the object itself. */
  hashKey?(): string;

  /** The JSON-like form for toHost, `tojson` and the like. Default: toText(). */
  toHost?(): unknown;
}

/** What stands for a key in the map: equal keys of Python have the same one. */
type Slot = string | number | bigint | null | object;

// A tuple's slot is a text that starts so; other texts that do are marked too.
const mark = '\u0000';

function slotOf(key: Value): Slot {
  if (typeof key === 'string') return key.startsWith(mark) ? `${mark}s${key}` : key;
  if (typeof key === 'number') return key;
  if (typeof key === 'boolean') return key ? 1 : 0;
  if (key === null || typeof key === 'bigint') return key;
  if (key instanceof Float) return key.value;
  if (key instanceof Tuple) return `${mark}t${tupleSlot(key)}`;
  if (Array.isArray(key) || key instanceof Dict) {
    throw new Fault(`unhashable type: '${Array.isArray(key) ? 'list' : 'dict'}'`);
  }
  if (key instanceof HostObject) return key.hashKey?.() ?? key;
  return key;
}

let identities = new WeakMap<object, number>();
let lastIdentity = 0;

function tupleSlot(tuple: Tuple): string {
  let text = '';
  for (const item of tuple.items) {
    const slot = slotOf(item);
    let part: string;
    if (typeof slot === 'object' && slot !== null) {
      let identity = identities.get(slot);
      if (identity === undefined) {
        if (lastIdentity >= Number.MAX_SAFE_INTEGER) identities = new WeakMap();
        lastIdentity += 1;
        identity = lastIdentity;
        identities.set(slot, identity);
      }
      part = `o${identity}`;
    } else {
      part = `${(typeof slot)[0] === 'b' ? 'n' : (typeof slot)[0]}${String(slot)}`;
    }
    text += `${part.length}:${part}`;
    if (text.length > 10_000) throw new Fault('A tuple is too large for a key');
  }
  return text;
}

/** A Python dict: keeps the order of insertion; 1, 1.0 and True are one key. */
export class Dict {
  /** The name of a class of its own, such as OrderedDict, whose texts are its pairs. */
  readonly title: string | undefined = undefined;
  readonly #values = new Map<Slot, Value>();
  /** The keys that differ from their slot. */
  #keys: Map<Slot, Value> | undefined;

  constructor(entries?: Iterable<readonly [Value, Value]>) {
    if (entries !== undefined) for (const [key, value] of entries) this.set(key, value);
  }

  get size(): number {
    return this.#values.size;
  }

  get(key: Value): Value | undefined {
    return this.#values.get(slotOf(key));
  }

  has(key: Value): boolean {
    return this.#values.has(slotOf(key));
  }

  set(key: Value, value: Value): void {
    const slot = slotOf(key);
    if (slot !== key && !this.#values.has(slot)) (this.#keys ??= new Map()).set(slot, key);
    this.#values.set(slot, value);
  }

  delete(key: Value): boolean {
    const slot = slotOf(key);
    this.#keys?.delete(slot);
    return this.#values.delete(slot);
  }

  clear(): void {
    this.#values.clear();
    this.#keys = undefined;
  }

  *keys(): Generator<Value, void, undefined> {
    for (const slot of this.#values.keys()) yield this.#keyOf(slot);
  }

  values(): IterableIterator<Value> {
    return this.#values.values();
  }

  *entries(): Generator<[Value, Value], void, undefined> {
    for (const [slot, value] of this.#values) yield [this.#keyOf(slot), value];
  }

  #keyOf(slot: Slot): Value {
    const odd = this.#keys?.get(slot);
    return odd === undefined ? (slot as Value) : odd;
  }
}
