import { equals, numberOf } from './compare.js';
import { indexIn, sliceIndexes } from './slice.js';
import { repr } from './text.js';
import { HostObject, Tuple, type Dict, type Value } from './value.js';

/** Python's `range(start, stop, step)`. */
export class Range extends HostObject {
  readonly typeName = 'range';
  readonly #start: number;
  readonly #stop: number;
  readonly #step: number;
  readonly #length: number;

  constructor(start: number, stop: number, step: number) {
    super();
    this.#start = start;
    this.#stop = stop;
    this.#step = step;
    this.#length = Math.max(0, Math.ceil((stop - start) / step));
  }

  override toText(): string {
    const step = this.#step === 1 ? '' : `, ${this.#step}`;
    return `range(${this.#start}, ${this.#stop}${step})`;
  }

  override length(): number {
    return this.#length;
  }

  override getItem(key: Value): Value | undefined {
    const index = indexIn(this.#length, key);
    return index === undefined ? undefined : this.#start + index * this.#step;
  }

  override slice(start: Value, stop: Value, step: Value): Value {
    const bound = (value: Value): number | undefined =>
      value === null ? undefined : Number(value);
    const by = bound(step) ?? 1;
    const indexes = sliceIndexes(this.#length, bound(start), bound(stop), by);
    const first = this.#start + (indexes[0] ?? 0) * this.#step;
    return new Range(first, first + indexes.length * by * this.#step, by * this.#step);
  }

  override equals(other: Value): boolean {
    return other instanceof Range && equals([...this.iterate()], [...other.iterate()]);
  }

  override contains(key: Value): boolean {
    const number = numberOf(key);
    if (number === undefined) return false;
    const index = (Number(number) - this.#start) / this.#step;
    return Number.isInteger(index) && index >= 0 && index < this.#length;
  }

  override *iterate(): Iterable<Value> {
    for (let i = 0; i < this.#length; i += 1) yield this.#start + i * this.#step;
  }

  override toHost(): unknown {
    return [...this.iterate()];
  }
}

/**
 * What Python's generators are to a template: it can be walked once, is always true and
 * has no length. Filters such as map and select give one, as in Jinja.
 */
export class OneShot extends HostObject {
  readonly typeName: string;
  #items: readonly Value[];

  constructor(items: readonly Value[], typeName = 'generator') {
    super();
    this.#items = items;
    this.typeName = typeName;
  }

  override toText(): string {
    return `<${this.typeName} object>`;
  }

  override iterate(): Iterable<Value> {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  override toHost(): unknown {
    return [...this.iterate()];
  }
}

/** `dict.items()`, `dict.keys()` or `dict.values()`: follows the changes of the dict. */
export class DictView extends HostObject {
  readonly typeName: string;
  readonly #dict: Dict;
  readonly #part: 'items' | 'keys' | 'values';

  constructor(dict: Dict, part: 'items' | 'keys' | 'values') {
    super();
    this.#dict = dict;
    this.#part = part;
    this.typeName = `dict_${part}`;
  }

  override toText(): string {
    return `${this.typeName}(${repr([...this.iterate()])})`;
  }

  override length(): number {
    return this.#dict.size;
  }

  override iterate(): Iterable<Value> {
    if (this.#part === 'keys') return this.#dict.keys();
    if (this.#part === 'values') return this.#dict.values();
    return Array.from(this.#dict.entries(), (entry) => new Tuple(entry));
  }

  override contains(key: Value): boolean {
    if (this.#part === 'keys') return this.#dict.has(key);
    for (const element of this.iterate()) if (equals(element, key)) return true;
    return false;
  }

  override toHost(): unknown {
    return [...this.iterate()];
  }
}
