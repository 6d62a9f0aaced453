/** Python's set, as `set(…)` of dbt gives it. */
import { TechstoreError } from '../../errors.js';
import {
  Dict,
  HostObject,
  iterate,
  repr,
  type ArithmeticOperator,
  type HostResult,
  type Value,
} from '../../jinja/index.js';

export class SetValue extends HostObject {
  readonly typeName = 'set';
  /** Its elements are the keys: equal ones are one. */
  #items: Dict;

  constructor(items: Iterable<Value>) {
    super();
    this.#items = new Dict(Array.from(items, (item) => [item, null] as const));
  }

  override toText(): string {
    const items = [...this.iterate()];
    return items.length === 0 ? 'set()' : `{${repr(items).slice(1, -1)}}`;
  }

  override length(): number {
    return this.#items.size;
  }

  /** Small whole numbers come in their order, as in Python; anything else as it was added. */
  override iterate(): Iterable<Value> {
    const items = [...this.#items.keys()];
    const isSmall = (item: Value): boolean => typeof item === 'number' && item >= 0;
    return items.every(isSmall) ? (items as number[]).sort((a, b) => a - b) : items;
  }

  override contains(key: Value): boolean {
    return this.#items.has(key);
  }

  override equals(other: Value): boolean {
    return this.compare(other) === 0;
  }

  /** Below 0 for a part of the other set; NaN where neither is a part of the other. */
  override compare(other: Value): number | undefined {
    if (!(other instanceof SetValue)) return undefined;
    const [inOther, inThis] = [this.#isIn(other), other.#isIn(this)];
    if (inOther && inThis) return 0;
    return inOther ? -1 : inThis ? 1 : NaN;
  }

  override arithmetic(
    operator: ArithmeticOperator,
    other: Value,
    isLeft: boolean,
  ): Value | undefined {
    const isDifference = operator === '-' && isLeft && other instanceof SetValue;
    return isDifference ? this.#without(other) : undefined;
  }

  override toHost(): unknown {
    throw new TechstoreError('compilation', 'A set cannot be written as JSON', {
      hint: 'Make a list of it: my_set | list.',
    });
  }

  #isIn(other: SetValue): boolean {
    return [...this.#items.keys()].every((item) => other.#items.has(item));
  }

  #without(other: SetValue): SetValue {
    return new SetValue([...this.#items.keys()].filter((item) => !other.#items.has(item)));
  }

  #union(others: readonly Value[]): SetValue {
    return new SetValue([...this.#items.keys(), ...others.flatMap((list) => [...iterate(list)])]);
  }

  override callMethod(name: string, args: readonly Value[]): HostResult | undefined {
    const [first = null] = args;
    const other = (): SetValue =>
      first instanceof SetValue ? first : new SetValue(iterate(first));
    switch (name) {
      case 'add':
        this.#items.set(first, null);
        return null;
      case 'discard':
        this.#items.delete(first);
        return null;
      case 'remove':
        if (this.#items.delete(first)) return null;
        throw new TechstoreError('compilation', `The set does not have ${repr(first)}`);
      case 'pop': {
        for (const item of this.iterate()) {
          this.#items.delete(item);
          return item;
        }
        throw new TechstoreError('compilation', 'pop() of an empty set');
      }
      case 'clear':
        this.#items.clear();
        return null;
      case 'update':
        this.#items = this.#union(args).#items;
        return null;
      case 'copy':
        return this.#union([]);
      case 'union':
        return this.#union(args);
      case 'difference':
        return args.reduce<SetValue>(
          (set, list) => set.#without(new SetValue(iterate(list))),
          this,
        );
      case 'intersection':
        return args.reduce<SetValue>((set, list) => {
          const kept = new SetValue(iterate(list));
          return new SetValue([...set.iterate()].filter((item) => kept.contains(item)));
        }, this);
      case 'symmetric_difference':
        return this.#without(other()).#union([other().#without(this)]);
      case 'issubset':
        return this.#isIn(other());
      case 'issuperset':
        return other().#isIn(this);
      case 'isdisjoint':
        return [...this.iterate()].every((item) => !other().contains(item));
      default:
        return undefined;
    }
  }
}
