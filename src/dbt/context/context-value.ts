/** `context`: every name that a template sees, as a dict. */
import type { Lookup, Value } from '../../jinja/index.js';
import { MappingValue } from '../host-values.js';

/** Names that are made when they are asked for. */
export const contextNames = ['model', 'graph', 'context', 'builtins', 'selected_resources'];

export class ContextValue extends MappingValue {
  readonly #lookup: Lookup;
  readonly #names: () => readonly string[];

  constructor(lookup: Lookup, names: () => readonly string[]) {
    super('dict', new Map());
    this.#lookup = lookup;
    this.#names = names;
  }

  override toText(): string {
    return '<context>';
  }

  override getAttribute(name: string): Value | undefined {
    return this.#lookup(name);
  }

  override getItem(key: Value): Value | undefined {
    return typeof key === 'string' ? this.#lookup(key) : undefined;
  }

  override contains(key: Value): boolean {
    return this.getItem(key) !== undefined;
  }

  override iterate(): Iterable<Value> {
    return new Set(this.#names());
  }
}
