import { equals } from '../values/compare.js';
import { Fault } from '../values/fault.js';
import {
  HostFunction,
  HostObject,
  type HostResult,
  type Value,
  type Waiting,
} from '../values/value.js';
import type { Runtime } from './runtime.js';

/** The `loop` of a for block. */
export class Loop extends HostObject {
  readonly typeName = 'LoopContext';
  index0 = -1;
  readonly #items: readonly Value[];
  readonly #depth0: number;
  readonly #runtime: Runtime;
  /** Runs the same block for other items; undefined without `recursive`. */
  readonly #recurse: ((items: Value) => Waiting<Value>) | undefined;
  #lastSeen: readonly Value[] | undefined;

  constructor(
    items: readonly Value[],
    depth0: number,
    runtime: Runtime,
    recurse: ((items: Value) => Waiting<Value>) | undefined,
  ) {
    super();
    this.#items = items;
    this.#depth0 = depth0;
    this.#runtime = runtime;
    this.#recurse = recurse;
  }

  override toText(): string {
    return `<LoopContext ${this.index0 + 1}/${this.#items.length}>`;
  }

  override length(): number {
    return this.#items.length;
  }

  override getAttribute(name: string): Value | undefined {
    const { index0 } = this;
    const { length } = this.#items;
    switch (name) {
      case 'index':
        return index0 + 1;
      case 'index0':
        return index0;
      case 'revindex':
        return length - index0;
      case 'revindex0':
        return length - index0 - 1;
      case 'first':
        return index0 === 0;
      case 'last':
        return index0 === length - 1;
      case 'length':
        return length;
      case 'depth':
        return this.#depth0 + 1;
      case 'depth0':
        return this.#depth0;
      case 'previtem':
        return this.#at(index0 - 1, 'there is no previous item');
      case 'nextitem':
        return this.#at(index0 + 1, 'there is no next item');
      case 'cycle':
        return new HostFunction('cycle', (args) => this.#cycle(args));
      case 'changed':
        return new HostFunction('changed', (args) => this.#changed(args));
      default:
        return undefined;
    }
  }

  override call(args: readonly Value[]): HostResult {
    if (this.#recurse === undefined) {
      throw new Fault(
        'The loop is not recursive',
        "Write 'recursive' at the end of its tag to call it.",
      );
    }
    const [items] = args;
    if (items === undefined || args.length > 1) throw new Fault('loop() takes one list');
    return this.#recurse(items);
  }

  /** The item at the index, which may be None; undefined outside of the list. */
  #at(index: number, message: string): Value {
    const item = this.#items[index];
    return item === undefined ? this.#runtime.undefinedValue('', message) : item;
  }

  #cycle(args: readonly Value[]): Value {
    const value = args[this.index0 % args.length];
    if (value === undefined) throw new Fault('no items for cycling given');
    return value;
  }

  #changed(args: readonly Value[]): boolean {
    const last = this.#lastSeen;
    this.#lastSeen = args;
    return last === undefined || !equals([...last], [...args], this.#runtime.meter);
  }
}
