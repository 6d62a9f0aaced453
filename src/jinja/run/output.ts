import type { Meter } from '../values/limits.js';
import { toText } from '../values/text.js';
import type { Value } from '../values/value.js';
import type { Trace } from './trace.js';

/** Collects what a template prints. */
export interface Output {
  /** Where what is printed next stands in a template; undefined where nobody asks. */
  readonly trace: Trace | undefined;
  write(text: string): void;
  value(value: Value): void;
}

/** Output as one text. */
export class TextOutput implements Output {
  readonly trace: Trace | undefined;
  // Joined at the end: a text grown by += is kept by the engine as a tree of all its parts.
  readonly #parts: string[] = [];
  readonly #meter: Meter;
  #length = 0;

  constructor(meter: Meter, trace?: Trace) {
    this.#meter = meter;
    this.trace = trace;
  }

  get text(): string {
    return this.#parts.length === 1 ? (this.#parts[0] ?? '') : this.#parts.join('');
  }

  write(text: string): void {
    this.#parts.push(text);
    this.trace?.printed(text.length);
    this.#length += text.length;
    this.#meter.printed(this.#length, text.length);
  }

  value(value: Value): void {
    this.write(typeof value === 'string' ? value : toText(value));
  }
}

/** Output that stays a value when it is only one: Jinja's native rendering. */
export class NativeOutput implements Output {
  readonly trace = undefined;
  readonly #parts: Value[] = [];
  readonly #meter: Meter;

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  write(text: string): void {
    this.value(text);
  }

  value(value: Value): void {
    this.#meter.printed(this.#parts.length, 1);
    this.#parts.push(value);
  }

  result(): Value {
    const [first = '', ...others] = this.#parts;
    if (others.length === 0) return first;
    const text = new TextOutput(this.#meter);
    for (const part of this.#parts) text.value(part);
    return text.text;
  }
}
