/** The three parts of a relation's name, or what is said of each: dbt's Path and Policy. */
import { HostObject, repr, type HostResult, type Value } from '../jinja/index.js';

export const partNames = ['database', 'schema', 'identifier'] as const;

export type Part = (typeof partNames)[number];

export type Parts<T> = Readonly<Record<Part, T>>;

const isPart = (name: Value | undefined): name is Part =>
  (partNames as readonly unknown[]).includes(name);

export class PartsValue extends HostObject {
  readonly typeName: string;
  readonly #parts: Parts<string | boolean | null>;

  constructor(typeName: 'Path' | 'Policy', parts: Parts<string | boolean | null>) {
    super();
    this.typeName = typeName;
    this.#parts = parts;
  }

  override toText(): string {
    const parts = partNames.map((part) => `${part}=${repr(this.#parts[part])}`);
    return `${this.typeName}(${parts.join(', ')})`;
  }

  override isMapping(): boolean {
    return true;
  }

  override isTrue(): boolean {
    return true;
  }

  override getAttribute(name: string): Value | undefined {
    return isPart(name) ? this.#parts[name] : undefined;
  }

  override getItem(key: Value): Value | undefined {
    return isPart(key) ? this.#parts[key] : undefined;
  }

  override callMethod(name: string, args: readonly Value[]): HostResult | undefined {
    const [part, otherwise = null] = args;
    const found = isPart(part) ? this.#parts[part] : undefined;
    if (name === 'get') return found ?? otherwise;
    if (name === 'get_part') return found;
    if (name !== 'get_lowered_part') return undefined;
    return typeof found === 'string' ? found.toLowerCase() : (found ?? null);
  }

  override equals(other: Value): boolean {
    return other instanceof PartsValue && other.toText() === this.toText();
  }
}
