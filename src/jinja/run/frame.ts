import type { Value } from '../values/value.js';

/** The host's names: answers undefined for a name it does not have. */
export type Lookup = (name: string) => Value | undefined;

/** The host's names as a function, a map or a plain record (only its own properties are seen). */
export type Globals = Lookup | ReadonlyMap<string, Value> | { readonly [name: string]: Value };

export function lookupOf(globals: Globals): Lookup {
  if (typeof globals === 'function') return globals;
  if (globals instanceof Map) return (name) => (globals as ReadonlyMap<string, Value>).get(name);
  const record = globals as { readonly [name: string]: Value };
  return (name) => (Object.hasOwn(record, name) ? record[name] : undefined);
}

/** The names that can be listed, for "did you mean". */
export function namesOf(globals: Globals): Iterable<string> {
  if (typeof globals === 'function') return [];
  return globals instanceof Map ? (globals.keys() as Iterable<string>) : Object.keys(globals);
}

/** The names set in one scope of a template; a scope sees those around it. */
export class Frame {
  readonly parent: Frame | undefined;
  #names: Map<string, Value> | undefined;

  constructor(parent?: Frame) {
    this.parent = parent;
  }

  set(name: string, value: Value): void {
    (this.#names ??= new Map()).set(name, value);
  }

  /** The value in this scope or the nearest one around it. */
  find(name: string): Value | undefined {
    // Not `??`: None is null, and a name that is None is found.
    const value = this.#names?.get(name);
    return value === undefined ? this.parent?.find(name) : value;
  }

  /** The names of this scope and those around it. */
  names(): string[] {
    const names = this.#names === undefined ? [] : [...this.#names.keys()];
    return this.parent === undefined ? names : [...names, ...this.parent.names()];
  }

  /** What is set in this scope itself. */
  own(): ReadonlyMap<string, Value> {
    return this.#names ?? new Map<string, Value>();
  }
}
