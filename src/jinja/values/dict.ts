import { Fault } from '../parse/place.js';
import { Float, Tuple, type Value } from './value.js';
import { HostObject } from './host.js';
import { typeName } from './type-name.js';

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
    throw new Fault(`unhashable type: '${typeName(key)}'`);
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
