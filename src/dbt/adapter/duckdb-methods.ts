/** What dbt-duckdb adds to `adapter`. */
import { TechstoreError } from '../../errors.js';
import { toText } from '../../jinja/index.js';
import { readLocation, writeOptions } from '../external-files.js';
import { asking, plain, type AdapterMethod } from './method.js';

export const duckdbMethods: Readonly<Record<string, AdapterMethod>> = {
  is_motherduck: plain([], () => false),
  is_ducklake: plain(['relation'], () => false),
  use_ducklake_table_workarounds: plain(['relation'], () => false),
  disable_transactions: plain([], () => false),
  catalog_supports_foreign_keys: plain(['database'], () => true),
  external_root: plain([], () => '.'),
  get_binding_char: plain([], () => '?'),
  escape_sql_string: plain(['value'], (given) =>
    toText(given.get('value') ?? null).replaceAll("'", "''"),
  ),
  location_exists: asking(['location'], false, async (given, database) => {
    const location = given.text('location').replaceAll("'", "''");
    return database.query(`select 1 from '${location}' where 1 = 0`).then(
      () => true,
      (error: unknown) => {
        if (error instanceof TechstoreError && error.code !== 'interrupted') return false;
        throw error;
      },
    );
  }),
  external_write_options: plain(['write_location', 'rendered_options'], (given) =>
    writeOptions(given.text('write_location'), given.get('rendered_options') ?? null),
  ),
  external_read_location: plain(['write_location', 'rendered_options'], (given) =>
    readLocation(given.text('write_location'), given.get('rendered_options') ?? null),
  ),
};
