/** What a target of profiles.yml may say, by the type of its adapter. */
import { z } from 'zod';
import { attachSchema, secretsSchema } from './duckdb-extras.js';
import { lookUp } from './look-up.js';

const text = z.string();
// env_var gives text, and not everyone adds the filter as_number.
const threads = z.union([z.int().positive(), text.regex(/^[1-9]\d*$/).transform(Number)], {
  error: 'must be a whole number of at least 1',
});

/** Settings that this program needs to have as they are. */
const keptSettings: Readonly<Record<string, string>> = {
  lock_configuration: 'later settings could not be applied',
  enable_external_access: 'a build reads the previous build',
  schema: "set the target's own 'schema'",
  search_path: "set the target's own 'schema'",
  autoinstall_known_extensions: 'techstore downloads nothing',
  autoload_known_extensions: "list extensions under 'extensions'",
  allow_community_extensions: 'techstore downloads nothing',
  allow_unsigned_extensions: 'techstore downloads nothing',
};

const settings = z
  .record(
    text,
    z.union([text, z.number(), z.boolean()], { error: 'must be text, a number, true or false' }),
  )
  .superRefine((given, context) => {
    for (const name of Object.keys(given)) {
      const why = lookUp(keptSettings, name.toLowerCase());
      if (why === undefined) continue;
      context.addIssue({ code: 'custom', path: [name], message: `cannot be set: ${why}` });
    }
  });

const extension = text.regex(
  /^[A-Za-z]\w*$/,
  'must be the name of an extension; extensions from a repository are not downloaded',
);

export const duckdbSchema = z.strictObject({
  type: z.literal('duckdb'),
  path: text.nullish(),
  database: text.nullish(),
  schema: text.nullish(),
  threads: threads.nullish(),
  extensions: z.array(extension, { error: 'must be a list of names of extensions' }).nullish(),
  settings: settings.nullish(),
  config_options: settings.nullish(),
  attach: attachSchema.nullish(),
  secrets: secretsSchema.nullish(),
  external_root: text.min(1, 'is empty').nullish(),
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
  use_credential_provider: 'Cloud storage is not supported.',
  motherduck_token: 'MotherDuck is not supported.',
  is_ducklake: 'DuckLake is not supported.',
  session_properties: 'Session properties are not supported: models would not see them.',
  connection_parameters: 'Other connection parameters are not supported.',
  compute: 'More than one warehouse in a target is not supported.',
  azure_client_id:
    'Azure service principals are not supported. Use client_id with auth_type oauth.',
  azure_client_secret:
    'Azure service principals are not supported. Use client_secret with auth_type oauth.',
  oidc_token_filepath: 'Token files are not supported.',
  remote: 'Remote DuckDB is not supported.',
  client_id: 'It belongs to a service principal. Set auth_type to oauth too.',
  client_secret: 'It belongs to a service principal. Set auth_type to oauth too.',
};

/** Keys of dbt's adapters that concern how dbt works, and nothing that it makes. */
export const ignoredProfileKeys: Readonly<Record<string, string>> = {
  module_paths: 'It applies to Python models and plugins, which are not supported.',
  plugins:
    'Plugins of dbt-duckdb are written in Python and are not supported: sources and models that name one are not built.',
  filesystems:
    'Filesystems of dbt-duckdb are written in Python and are not supported: files on them are not found.',
  retries: 'DuckDB queries are not retried.',
  disable_transactions: 'A build is published only if it succeeds as a whole.',
  keep_open: 'techstore closes the database at the end of each command.',
  flights: 'It applies to Python models, which are not supported.',
  query_tags: 'techstore sets the query tags.',
  connect_retries: 'The number of retries is fixed.',
  connect_timeout: 'The timeouts are fixed.',
  connect_max_idle: 'The idle time of sessions is fixed.',
  retry_all: 'The errors that are retried are fixed.',
  oauth_redirect_url: 'Login in a browser is not supported.',
  oauth_scopes: 'Login in a browser is not supported.',
};
