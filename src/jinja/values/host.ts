import type { ArithmeticOperator } from '../parse/ast.js';
import type { MacroValue } from './macro-value.js';
import type { Kwargs, Value } from './value.js';

/**
 * A run of a template that may stop for promises: it yields each promise and is
 * resumed with what the promise gave. `runSync` and `runAsync` drive one.
 */
export type Waiting<T> = Generator<Promise<unknown>, T, unknown>;

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
