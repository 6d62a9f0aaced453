/** agate's column: its values by number, and what it is. */
import {
  compare,
  Dict,
  Tuple,
  type HostResult,
  type Kwargs,
  type Value,
} from '../../jinja/index.js';
import { SequenceValue } from './sequence.js';
import { TypeValue, type TypeName } from './types.js';

export class TableColumn extends SequenceValue {
  override readonly typeName = 'Column';
  readonly #name: string;
  readonly #index: number;
  readonly #type: TypeName;

  constructor(name: string, index: number, type: TypeName, values: readonly Value[]) {
    super(values, null);
    this.#name = name;
    this.#index = index;
    this.#type = type;
  }

  override getAttribute(name: string): Value | undefined {
    if (name === 'name') return this.#name;
    if (name === 'index') return this.#index;
    return name === 'data_type' ? new TypeValue(this.#type) : undefined;
  }

  override callMethod(
    name: string,
    args: readonly Value[],
    kwargs: Kwargs,
  ): HostResult | undefined {
    const known = this.items.filter((value) => value !== null);
    switch (name) {
      case 'values_distinct':
        return new Tuple([...new Dict(this.items.map((value) => [value, null])).keys()]);
      case 'values_without_nulls':
        return new Tuple(known);
      case 'values_sorted':
        return inOrder(this.items);
      case 'values_without_nulls_sorted':
        return inOrder(known);
      default:
        return super.callMethod(name, args, kwargs);
    }
  }
}

/** None comes last, as agate orders. */
export function nullsLast(a: Value, b: Value): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compare(a, b);
}

function inOrder(values: readonly Value[]): Value[] {
  return [...values].sort(nullsLast);
}
