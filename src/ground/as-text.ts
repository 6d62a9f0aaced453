type DatabaseValue = boolean | number | bigint | string | object;

/** A value of a database as one text: lists and structs as their JSON, null as itself. */
export function asText(value: DatabaseValue): string;
export function asText(value: DatabaseValue | null): string | null;
export function asText(value: DatabaseValue | null): string | null {
  if (value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
