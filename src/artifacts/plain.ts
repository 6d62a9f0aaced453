/** Values of YAML and templates as data that JSON can hold. */

export type Json = Record<string, unknown>;

/**
 * Maps, wide integers, dates and boxed numbers become what dbt writes for them;
 * keys without a value are left out.
 */
export function plain(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (value === undefined || typeof value === 'function' || typeof value === 'symbol') return null;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Map || value instanceof Set) return fromCollection(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  // The interpreter's float is a box around its number.
  if (prototype !== Object.prototype && 'value' in value && typeof value.value === 'number') {
    return value.value;
  }
  return plainObject(value);
}

/** The same for an object, whose keys stay keys even where they are named `__proto__`. */
export function plainObject(value: object): Json {
  return fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined));
}

function fromCollection(
  value: ReadonlyMap<unknown, unknown> | ReadonlySet<unknown>,
): Json | unknown[] {
  if (value instanceof Set) return [...value].map(plain);
  return fromEntries([...(value as ReadonlyMap<unknown, unknown>)].map(([k, v]) => [String(k), v]));
}

function fromEntries(entries: readonly (readonly [string, unknown])[]): Json {
  return Object.fromEntries(entries.map(([key, inner]) => [key, plain(inner)]));
}
