/** The name that DuckDB gives to a database when it opens its file: views in it hold that name. */
import { basename } from 'node:path';

/** Names that DuckDB keeps for itself, and adds `_db` to: only as written here, in lower case. */
const reserved = ['main', 'temp', 'system'];

/** `shop` for `data/shop.eu.duckdb`: what stands before the first dot that has something before it. */
export function catalogOfFile(path: string): string {
  const name = basename(path);
  const first = name.split('.').find((part) => part !== '') ?? name;
  return reserved.includes(first) ? `${first}_db` : first;
}

/**
 * Why no database can have this file; null where one can. dbt cuts blanks off at the ends of
 * names. DuckDB leaves `TEMP`, `System` and `Main` as they are, but can't open or write the first
 * two, and finds `Main.orders` ambiguous: `main` is a schema.
 */
export function whyNoCatalog(path: string): string | null {
  const catalog = catalogOfFile(path);
  if (catalog !== catalog.trim()) return 'begins or ends with a blank';
  return reserved.includes(catalog.toLowerCase()) ? 'is one of DuckDB itself' : null;
}
