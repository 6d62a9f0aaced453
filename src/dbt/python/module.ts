/** A module of Python in `modules`: a dict of what dbt lets templates reach. */
import { HostObject, type Value } from '../../jinja/index.js';
import { MappingValue } from '../host-values.js';

/** The name of a class that templates may only look at. */
export class ClassLabel extends HostObject {
  readonly typeName = 'type';
  readonly #name: string;

  constructor(name: string) {
    super();
    this.#name = name;
  }

  override toText(): string {
    return `<class '${this.#name}'>`;
  }
}

export class ModuleValue extends MappingValue {
  readonly #name: string;

  /** @param members made when the first of them is asked for */
  constructor(name: string, members: () => ReadonlyMap<string, Value>) {
    let made: ReadonlyMap<string, Value> | undefined;
    super('dict', () => (made ??= members()));
    this.#name = name;
  }

  override toText(): string {
    return `<module '${this.#name}'>`;
  }
}
