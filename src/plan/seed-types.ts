/** Types of seeds on a warehouse, which has not all that DuckDB has. */

/** By DuckDB's names. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['VARCHAR', 'string'],
  ['TEXT', 'string'],
  ['INTEGER', 'int'],
  ['HUGEINT', 'decimal(38,0)'],
  ['TIMESTAMP WITH TIME ZONE', 'timestamp'],
  ['JSON', 'string'],
  ['UUID', 'string'],
  ['TIME', 'string'],
]);

/** DuckDB's name of a type as Databricks'. */
export function warehouseType(type: string): string {
  return TYPES.get(type.toUpperCase()) ?? type.toLowerCase();
}

export interface SeedColumnType {
  readonly name: string;
  /** As DuckDB knows it; undefined for one that it does not know. */
  readonly declared: string | undefined;
  readonly guessed: string | undefined;
}

/**
 * The types that are not those of DuckDB's table: whole numbers are bigint, as dbt-databricks
 * has them; lengths stay; and types that only the warehouse knows are its own to cast to.
 *
 * @param declared `column_types` of the seed
 */
export function seedTypesOfWarehouse(
  columns: readonly SeedColumnType[],
  declared: Readonly<Record<string, string>>,
): Map<string, string> {
  const types = new Map<string, string>();
  for (const { name, declared: known, guessed } of columns) {
    const written = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (written === undefined) {
      if (guessed === 'integer') types.set(name, 'bigint');
    } else if (known === undefined || /^(?:var)?char\s*\(/i.test(written.trim())) {
      types.set(name, written);
    }
  }
  return types;
}
