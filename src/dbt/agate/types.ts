/** agate's types of columns, as dbt finds them from the values. */
import { Decimal, HostObject, type Value } from '../../jinja/index.js';
import { DateTimeValue } from '../python/datetime.js';

export type TypeName = 'Integer' | 'Number' | 'Date' | 'DateTime' | 'Boolean' | 'Text';

const isInteger = (value: Value): boolean => typeof value === 'number' || typeof value === 'bigint';

const tests: readonly (readonly [TypeName, (value: Value) => boolean])[] = [
  ['Integer', isInteger],
  ['Number', (value) => isInteger(value) || value instanceof Decimal],
  ['Date', (value) => value instanceof DateTimeValue && value.kind === 'date'],
  ['DateTime', (value) => value instanceof DateTimeValue],
  ['Boolean', (value) => typeof value === 'boolean'],
];

/** The first type that fits all values; None fits all. */
export function typeOf(values: readonly Value[]): TypeName {
  const known = values.filter((value) => value !== null);
  return tests.find(([, test]) => known.every(test))?.[0] ?? 'Text';
}

export class TypeValue extends HostObject {
  readonly typeName: string;

  constructor(name: TypeName) {
    super();
    this.typeName = name;
  }

  override toText(): string {
    return `<${this.typeName} object>`;
  }

  override equals(other: Value): boolean {
    return other instanceof TypeValue && other.typeName === this.typeName;
  }
}
