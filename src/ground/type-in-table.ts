/** The type that a column of a query has in a table made of it: what is null alone becomes an INTEGER. */
export function typeInTable(type: string): string {
  return type.replaceAll('"NULL"', 'INTEGER');
}
