import { Fault } from '../values/fault.js';
import { updateDict } from '../values/methods/dict-methods.js';
import { Range } from '../values/sequences.js';
import { bind, signatureOf } from '../values/signature.js';
import { integerOf } from '../values/slice.js';
import { repr } from '../values/text.js';
import { Undefined } from '../values/undefined.js';
import {
  Dict,
  HostFunction,
  HostObject,
  noKwargs,
  type Kwargs,
  type Value,
} from '../values/value.js';
import { returnFunction } from './return-signal.js';

/** As in Jinja's sandbox. */
const maxRange = 100_000;

function range(args: readonly Value[], kwargs: Kwargs): Value {
  if (kwargs.size > 0) throw new Fault('range() takes no keyword arguments');
  const [a, b, c] = bind('range()', signatureOf('start stop? step?'), args, noKwargs).map(
    (value) => {
      if (value instanceof Undefined) value.fail();
      return integerOf(value ?? null, 'the argument of range()');
    },
  );
  const step = c ?? 1;
  if (step === 0) throw new Fault('range() arg 3 must not be zero');
  const made = b === undefined ? new Range(0, a ?? 0, step) : new Range(a ?? 0, b, step);
  if (made.length() > maxRange) {
    throw new Fault(`range() returns ${made.length()} numbers, more than the limit of ${maxRange}`);
  }
  return made;
}

function dict(args: readonly Value[], kwargs: Kwargs): Dict {
  if (args.length > 1) throw new Fault('dict() takes at most one argument without a name');
  const made = new Dict();
  updateDict(made, args[0], kwargs);
  return made;
}

/** Jinja's `namespace(…)`: an object whose fields `set` may change from inside a loop. */
class Namespace extends HostObject {
  readonly typeName = 'Namespace';
  readonly #fields: Dict;

  constructor(fields: Dict) {
    super();
    this.#fields = fields;
  }

  override toText(): string {
    return `<Namespace ${repr(this.#fields)}>`;
  }

  override getAttribute(name: string): Value | undefined {
    return this.#fields.get(name);
  }

  override getItem(key: Value): Value | undefined {
    return typeof key === 'string' ? this.#fields.get(key) : undefined;
  }

  override setAttribute(name: string, value: Value): boolean {
    this.#fields.set(name, value);
    return true;
  }

  override toHost(): unknown {
    return this.#fields;
  }
}

/** Jinja's `cycler(…)`: gives its values in turn. */
class Cycler extends HostObject {
  readonly typeName = 'Cycler';
  readonly #items: readonly Value[];
  #at = 0;

  constructor(items: readonly Value[]) {
    super();
    if (items.length === 0) throw new Fault('at least one item has to be provided');
    this.#items = items;
  }

  override toText(): string {
    return '<Cycler>';
  }

  override getAttribute(name: string): Value | undefined {
    if (name === 'current') return this.#items[this.#at];
    if (name === 'next') return new HostFunction(name, () => this.#next());
    if (name !== 'reset') return undefined;
    return new HostFunction(name, () => {
      this.#at = 0;
      return null;
    });
  }

  #next(): Value {
    const value = this.#items[this.#at] as Value;
    this.#at = (this.#at + 1) % this.#items.length;
    return value;
  }
}

/** Jinja's `joiner(…)`: nothing the first time, then its separator. */
class Joiner extends HostObject {
  readonly typeName = 'Joiner';
  readonly #separator: Value;
  #used = false;

  constructor(separator: Value) {
    super();
    this.#separator = separator;
  }

  override toText(): string {
    return '<Joiner>';
  }

  override call(): Value {
    if (this.#used) return this.#separator;
    this.#used = true;
    return '';
  }
}

function joiner(args: readonly Value[], kwargs: Kwargs): Value {
  const [separator = ', '] = bind('joiner()', signatureOf('sep?'), args, kwargs);
  return new Joiner(separator);
}

/** The names that every template knows unless the host has its own. */
export const builtinGlobals: ReadonlyMap<string, Value> = new Map(
  [
    new HostFunction('range', range),
    new HostFunction('dict', dict),
    new HostFunction('namespace', (args, kwargs) => new Namespace(dict(args, kwargs))),
    new HostFunction('cycler', (args) => new Cycler(args)),
    new HostFunction('joiner', joiner),
    returnFunction,
  ].map((fn) => [fn.name, fn]),
);
