/** The kinds of objects that a database contains. */
export type ObjectKind =
  'schema' | 'table' | 'view' | 'sequence' | 'type' | 'macro' | 'table macro';

export interface CatalogObject {
  readonly kind: ObjectKind;
  /** For a schema, its own name. */
  readonly schema: string;
  readonly name: string;
}

/** `raw.orders (table)`. */
export function describeObject({ kind, schema, name }: CatalogObject): string {
  return kind === 'schema' ? `${name} (schema)` : `${schema}.${name} (${kind})`;
}

/** `raw.orders (table), raw.large (view) and 3 more`. */
export function describeObjects(objects: readonly CatalogObject[], most: number): string {
  const shown = objects.slice(0, most).map(describeObject).join(', ');
  return objects.length > most ? `${shown} and ${objects.length - most} more` : shown;
}
