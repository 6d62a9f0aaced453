/** What a target of profiles.yml may say, by the type of its adapter. */
import { z } from 'zod';

const text = z.string();
// env_var gives text, and not everyone adds the filter as_number.
const threads = z.union([z.int().positive(), text.regex(/^[1-9]\d*$/).transform(Number)], {
  error: 'must be a whole number from 1',
});

export const duckdbSchema = z.strictObject({
  type: z.literal('duckdb'),
  path: text.nullish(),
  database: text.nullish(),
  schema: text.nullish(),
  threads: threads.nullish(),
  extensions: z.array(text, { error: 'must be a list of names of extensions' }).nullish(),
  settings: z.record(text, z.unknown()).nullish(),
});

export const databricksSchema = z.strictObject({
  type: z.literal('databricks'),
  host: text.min(1, 'is empty'),
  http_path: text.min(1, 'is empty'),
  token: text.min(1, 'is empty'),
  catalog: text.min(1, 'is empty'),
  schema: text.min(1, 'is empty'),
  threads: threads.nullish(),
});

export const adapterTypes = ['duckdb', 'databricks'] as const;

/** Keys of dbt's adapters that change what a project reads or where it connects. */
export const refusedProfileKeys: Readonly<Record<string, string>> = {
  attach: 'Attached databases are not supported.',
  plugins: 'Plugins of dbt-duckdb are written in Python and not supported.',
  filesystems: 'Filesystems of dbt-duckdb are written in Python and not supported.',
  secrets: 'Secrets of DuckDB are not supported.',
  remote: 'Remote DuckDB is not supported.',
  auth_type: 'Only a personal access token is supported: use token.',
  client_id: 'Only a personal access token is supported: use token.',
  client_secret: 'Only a personal access token is supported: use token.',
};
