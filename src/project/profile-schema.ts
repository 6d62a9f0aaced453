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

const databricks = {
  type: z.literal('databricks'),
  host: text.min(1, 'is empty'),
  http_path: text.min(1, 'is empty'),
  catalog: text.min(1, 'is empty'),
  schema: text.min(1, 'is empty'),
  threads: threads.nullish(),
  /** Certificates of a private authority, as a file. */
  ca_file: text.min(1, 'is empty').nullish(),
};

export const databricksTokenSchema = z.strictObject({
  ...databricks,
  auth_type: z.literal('token').nullish(),
  token: text.min(1, 'is empty'),
});

/** A service principal, machine to machine. Where a token stands in the profile too, it is not used. */
export const databricksOAuthSchema = z.strictObject({
  ...databricks,
  auth_type: z.literal('oauth'),
  client_id: text.min(1, 'is empty'),
  client_secret: text.min(1, 'is empty'),
  token: z.unknown().optional(),
});

export const adapterTypes = ['duckdb', 'databricks'] as const;

/** Keys of dbt's adapters that change what a project reads or where it connects. */
export const refusedProfileKeys: Readonly<Record<string, string>> = {
  attach: 'Attached databases are not supported.',
  plugins: 'Plugins of dbt-duckdb are written in Python and not supported.',
  filesystems: 'Filesystems of dbt-duckdb are written in Python and not supported.',
  secrets: 'Secrets of DuckDB are not supported.',
  remote: 'Remote DuckDB is not supported.',
  client_id: 'It belongs to a service principal: set auth_type to oauth as well.',
  client_secret: 'It belongs to a service principal: set auth_type to oauth as well.',
};
