/** agate's MappedSequence: a list whose elements have names. Rows, columns, and the lists of both are such. */
import {
  Dict,
  equals,
  HostObject,
  repr,
  Tuple,
  type HostResult,
  type Kwargs,
  type Value,
} from '../../jinja/index.js';
import { TechstoreError } from '../../errors.js';
import { Arguments } from '../host-values.js';

export class SequenceValue extends HostObject {
  readonly typeName: string = 'MappedSequence';
  readonly items: readonly Value[];
  /** Null where the elements have no names, as the rows of a query. */
  readonly names: readonly Value[] | null;

  constructor(items: readonly Value[], names: readonly Value[] | null) {
    super();
    this.items = items;
    this.names = names;
  }

  override toText(): string {
    return `<agate.${this.typeName}: ${repr(new Tuple(this.items))}>`;
  }

  override length(): number {
    return this.items.length;
  }

  override iterate(): Iterable<Value> {
    return this.items;
  }

  override contains(key: Value): boolean {
    return this.items.some((item) => equals(item, key));
  }

  override equals(other: Value): boolean {
    if (other instanceof SequenceValue) return equals([...this.items], [...other.items]);
    return other instanceof Tuple && equals([...this.items], [...other.items]);
  }

  override slice(start: Value, stop: Value, step: Value): Value {
    return sliced(this.items, start, stop, step);
  }

  named(name: Value): Value | undefined {
    const index = this.names?.findIndex((known) => equals(known, name)) ?? -1;
    return index === -1 ? undefined : this.items[index];
  }

  override getItem(key: Value): Value | undefined {
    return typeof key === 'number' ? this.items.at(key) : this.named(key);
  }

  override getAttribute(name: string): Value | undefined {
    return this.named(name);
  }

  override callMethod(
    name: string,
    args: readonly Value[],
    kwargs: Kwargs,
  ): HostResult | undefined {
    switch (name) {
      case 'values':
        return new Tuple(this.items);
      case 'keys':
        return this.names === null ? null : new Tuple(this.names);
      case 'items':
        return new Tuple(this.#pairs().map((pair) => new Tuple(pair)));
      case 'dict':
        return new OrderedDict(this.#pairs());
      case 'get': {
        const given = new Arguments('get', ['key', 'default'], args, kwargs);
        this.#mustHaveNames();
        return this.named(given.get('key') ?? null) ?? given.get('default') ?? null;
      }
      default:
        return undefined;
    }
  }

  #pairs(): [Value, Value][] {
    return this.#mustHaveNames().map((name, i) => [name, this.items[i] ?? null]);
  }

  #mustHaveNames(): readonly Value[] {
    if (this.names !== null) return this.names;
    throw new TechstoreError('compilation', 'This list has no names', {
      hint: 'Use values(), or reach its elements by number.',
    });
  }
}

/** Python's slice of a list, as a tuple. */
export function sliced(items: readonly Value[], start: Value, stop: Value, step: Value): Tuple {
  const by = typeof step === 'number' ? step : 1;
  const bound = (value: Value, otherwise: number): number =>
    typeof value !== 'number' ? otherwise : value < 0 ? value + items.length : value;
  const [low, high] = by > 0 ? [0, items.length] : [-1, items.length - 1];
  const clamped = (value: number): number => Math.min(Math.max(value, low), high);
  const from = clamped(bound(start, by > 0 ? low : high));
  const to = clamped(bound(stop, by > 0 ? high : low));
  const taken: Value[] = [];
  for (let i = from; by > 0 ? i < to : i > to; i += by) taken.push(items[i] ?? null);
  return new Tuple(taken);
}

/** A dict that prints as Python's OrderedDict. */
export class OrderedDict extends Dict {
  override readonly title = 'OrderedDict';
}

export class RowValue extends SequenceValue {
  override readonly typeName = 'Row';
}
