/** Small helpers for host functions: reading arguments, wrapping records. */
import { TechstoreError } from '../errors.js';
import {
  Dict,
  fromHost,
  HostFunction,
  HostObject,
  toText,
  Tuple,
  type HostCall,
  type HostResult,
  type Kwargs,
  type Value,
} from '../jinja/index.js';

export function hostFunction(name: string, call: HostCall): HostFunction {
  return new HostFunction(name, call);
}

/** Reads arguments by position or name, as a Python signature does. */
export class Arguments {
  readonly #function: string;
  readonly #values = new Map<string, Value>();

  constructor(name: string, parameters: readonly string[], args: readonly Value[], kwargs: Kwargs) {
    this.#function = name;
    if (args.length > parameters.length) {
      throw new TechstoreError(
        'compilation',
        `${name}() takes at most ${parameters.length} arguments, but got ${args.length}`,
      );
    }
    args.forEach((value, index) => this.#values.set(parameters[index] ?? '', value));
    for (const [key, value] of kwargs) {
      if (!parameters.includes(key)) {
        throw new TechstoreError('compilation', `${name}() has no argument '${key}'`, {
          hint: `Its arguments are: ${parameters.join(', ')}.`,
        });
      }
      this.#values.set(key, value);
    }
  }

  get(name: string): Value | undefined {
    return this.#values.get(name);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  text(name: string): string {
    const value = this.#values.get(name);
    if (typeof value === 'string') return value;
    throw new TechstoreError('compilation', `${this.#function}() needs a text for '${name}'`);
  }

  textOrNull(name: string): string | null {
    return this.#values.get(name) == null ? null : this.text(name);
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.#values.get(name);
    return typeof value === 'boolean' ? value : otherwise;
  }
}

/** A record of plain data and host values, its keys reached as attributes. */
export class RecordValue extends HostObject {
  readonly typeName: string;
  readonly #given: ReadonlyMap<string, Value> | (() => ReadonlyMap<string, Value>);
  readonly #text: string;

  /** @param fields those that a function makes are made when the first is asked for */
  constructor(
    typeName: string,
    fields: ReadonlyMap<string, Value> | (() => ReadonlyMap<string, Value>),
    text = `<${typeName}>`,
  ) {
    super();
    this.typeName = typeName;
    this.#given = fields;
    this.#text = text;
  }

  get #fields(): ReadonlyMap<string, Value> {
    return typeof this.#given === 'function' ? this.#given() : this.#given;
  }

  static of(
    typeName: string,
    fields: Readonly<Record<string, unknown>>,
    text?: string,
  ): RecordValue {
    const entries = Object.entries(fields).map(([k, v]) => [k, fromHost(v)] as const);
    return new RecordValue(typeName, new Map(entries), text);
  }

  override toText(): string {
    return this.#text;
  }

  override getAttribute(name: string): Value | undefined {
    return this.#fields.get(name);
  }

  override getItem(key: Value): Value | undefined {
    return typeof key === 'string' ? this.#fields.get(key) : undefined;
  }

  override callMethod(name: string, args: readonly Value[]): HostResult | undefined {
    if (name === 'get') {
      const [key = null, otherwise = null] = args;
      return this.getItem(key) ?? otherwise;
    }
    if (name === 'keys') return [...this.#fields.keys()];
    if (name === 'values') return [...this.#fields.values()];
    return undefined;
  }

  override contains(key: Value): boolean {
    return typeof key === 'string' && this.#fields.has(key);
  }

  override iterate(): Iterable<Value> {
    return this.#fields.keys();
  }
}

/** A dict of Python that templates cannot change, such as `target` and `graph`. */
export class MappingValue extends RecordValue {
  override isMapping(): boolean {
    return true;
  }

  override length(): number {
    return [...this.iterate()].length;
  }

  override toText(): string {
    return toText(this.#asDict());
  }

  override callMethod(name: string, args: readonly Value[]): HostResult | undefined {
    if (name === 'keys') return [...this.iterate()];
    if (name === 'items') return Array.from(this.#asDict().entries(), (pair) => new Tuple(pair));
    return super.callMethod(name, args);
  }

  override toHost(): unknown {
    return this.#asDict();
  }

  #asDict(): Dict {
    const keys = [...this.iterate()];
    return new Dict(keys.map((key) => [key, this.getItem(key) ?? null] as const));
  }
}
