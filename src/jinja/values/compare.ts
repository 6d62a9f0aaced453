import { Fault } from './fault.js';
import { iterate } from './iterate.js';
import type { Meter } from './limits.js';
import { typeName } from './type-name.js';
import { Undefined } from './undefined.js';
import { Dict, Float, HostObject, Tuple, type Value } from './value.js';

/** Lists that hold one list many times over would otherwise take for ever to compare. */
const maxComparisons = 10_000_000;
const maxDepth = 500;

/** Python's truth of a value. */
export function isTrue(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (value === null) return false;
  if (typeof value === 'string') return value !== '';
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'bigint') return value !== 0n;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Dict) return value.size > 0;
  if (value instanceof Float) return value.value !== 0;
  if (value instanceof Tuple) return value.items.length > 0;
  if (value instanceof Undefined) return false;
  if (value instanceof HostObject) {
    if (value.isTrue !== undefined) return value.isTrue();
    return value.length === undefined || value.length() > 0;
  }
  return true;
}

/** The number behind an int, float or bool; undefined for anything else. */
export function numberOf(value: Value): number | bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value instanceof Float ? value.value : undefined;
}

/** Python's `a == b`. */
export function equals(a: Value, b: Value, meter?: Meter): boolean {
  return new Comparison(meter).equals(a, b);
}

/** Below 0, 0 or above 0, as Python orders; `operator` is named when there is no order. */
export function compare(a: Value, b: Value, operator = '<', meter?: Meter): number {
  return new Comparison(meter).compare(a, b, operator);
}

/** Python's `item in container`. */
export function contains(container: Value, item: Value, meter?: Meter): boolean {
  if (typeof container === 'string') {
    meter?.step(container.length >> 6);
    if (typeof item === 'string') return container.includes(item);
    if (item instanceof Undefined) item.fail();
    throw new Fault(`'in <string>' requires a text on the left, not ${typeName(item)}`);
  }
  if (container instanceof Dict) return container.has(item);
  if (container instanceof HostObject && container.contains !== undefined) {
    meter?.step((container.length?.() ?? 0) >> 3);
    return container.contains(item);
  }
  const comparison = new Comparison(meter);
  for (const element of iterate(container)) {
    comparison.tally();
    if (comparison.equals(element, item)) return true;
  }
  return false;
}

class Comparison {
  readonly #meter: Meter | undefined;
  #count = 0;
  #depth = 0;

  constructor(meter: Meter | undefined) {
    this.#meter = meter;
  }

  equals(a: Value, b: Value): boolean {
    if (a === b) return true;
    if (typeof a === 'string' || typeof b === 'string') {
      if (typeof a === 'string') this.#meter?.step(a.length >> 6);
      if (a instanceof HostObject) return this.#hostEquals(a, b);
      return b instanceof HostObject && this.#hostEquals(b, a);
    }
    const x = numberOf(a);
    if (x !== undefined) {
      const y = numberOf(b);
      // A bigint and a number are equal across their types, so not ===.
      if (y !== undefined) return x == y;
      return b instanceof HostObject && this.#hostEquals(b, a);
    }
    if (Array.isArray(a)) return Array.isArray(b) && this.#allEqual(a, b);
    if (a instanceof Tuple) return b instanceof Tuple && this.#allEqual(a.items, b.items);
    if (a instanceof Dict) return b instanceof Dict && this.#dictsEqual(a, b);
    if (a instanceof Undefined) return b instanceof Undefined;
    if (a instanceof HostObject) return this.#hostEquals(a, b);
    return b instanceof HostObject && this.#hostEquals(b, a);
  }

  #hostEquals(a: HostObject, b: Value): boolean {
    if (a.equals !== undefined) return a.equals(b);
    return b instanceof HostObject && b.equals !== undefined && b.equals(a);
  }

  #enter(): void {
    this.#depth += 1;
    if (this.#depth > maxDepth) throw new Fault('The values are nested too deeply to compare');
  }

  #allEqual(a: readonly Value[], b: readonly Value[]): boolean {
    if (a.length !== b.length) return false;
    this.#enter();
    for (let i = 0; i < a.length; i += 1) {
      this.tally();
      if (!this.equals(a[i] as Value, b[i] as Value)) return false;
    }
    this.#depth -= 1;
    return true;
  }

  /** Counts one element compared. */
  tally(): void {
    this.#count += 1;
    if (this.#count > maxComparisons) throw new Fault('The values are too large to compare');
    if ((this.#count & 7) === 0) this.#meter?.step();
  }

  #dictsEqual(a: Dict, b: Dict): boolean {
    if (a.size !== b.size) return false;
    this.#enter();
    for (const [key, value] of a.entries()) {
      this.tally();
      const other = b.get(key);
      if (other === undefined || !this.equals(value, other)) return false;
    }
    this.#depth -= 1;
    return true;
  }

  compare(a: Value, b: Value, operator: string): number {
    if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
    const x = numberOf(a);
    const y = numberOf(b);
    if (x !== undefined && y !== undefined) return x < y ? -1 : x > y ? 1 : x == y ? 0 : NaN;
    if (Array.isArray(a) && Array.isArray(b)) return this.#compareAll(a, b, operator);
    if (a instanceof Tuple && b instanceof Tuple) {
      return this.#compareAll(a.items, b.items, operator);
    }
    if (a instanceof Undefined) a.fail();
    if (b instanceof Undefined) b.fail();
    const order =
      a instanceof HostObject
        ? a.compare?.(b)
        : b instanceof HostObject
          ? negate(b.compare?.(a))
          : undefined;
    if (order !== undefined) return order;
    throw new Fault(
      `'${operator}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`,
    );
  }

  #compareAll(a: readonly Value[], b: readonly Value[], operator: string): number {
    this.#enter();
    const shorter = Math.min(a.length, b.length);
    let result = a.length - b.length;
    for (let i = 0; i < shorter; i += 1) {
      this.tally();
      const x = a[i] as Value;
      const y = b[i] as Value;
      if (this.equals(x, y)) continue;
      result = this.compare(x, y, operator);
      break;
    }
    this.#depth -= 1;
    return result;
  }
}

function negate(order: number | undefined): number | undefined {
  return order === undefined ? undefined : -order;
}

const surrogate = /[\ud800-\udfff]/;

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  if (!surrogate.test(a) && !surrogate.test(b)) return a < b ? -1 : 1;
  // Past the basic plane the order of code units is not that of characters.
  const x = Array.from(a);
  const y = Array.from(b);
  for (let i = 0; i < Math.min(x.length, y.length); i += 1) {
    const difference = (x[i]?.codePointAt(0) ?? 0) - (y[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return x.length - y.length;
}
