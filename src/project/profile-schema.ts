/** What a target of profiles.yml may say, by the type of its adapter. */
import { z } from 'zod';
import { lookUp } from './look-up.js';

const text = z.string();
// env_var gives text, and not everyone adds the filter as_number.
const threads = z.union([z.int().positive(), text.regex(/^[1-9]\d*$/).transform(Number)], {
  error: 'must be a whole number from 1',
});

/** Settings that this program needs to have as they are. */
const keptSettings: Readonly<Record<string, string>> = {
  lock_configuration: 'no setting could be applied after it',
  enable_external_access: 'a build reads the build before it',
  schema: "set the target's own 'schema'",
  search_path: "set the target's own 'schema'",
  autoinstall_known_extensions: 'nothing is fetched from the network',
  autoload_known_extensions: "name what is needed in 'extensions'",
  allow_community_extensions: 'nothing is fetched from the network',
  allow_unsigned_extensions: 'nothing is fetched from the network',
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
      context.addIssue({ code: 'custom', path: [name], message: `can't be set: ${why}` });
    }
  });

const extension = text.regex(
  /^[A-Za-z]\w*$/,
  'must be the name of an extension: one with a repository would have to be fetched',
);

export const duckdbSchema = z.strictObject({
  type: z.literal('duckdb'),
  path: text.nullish(),
  database: text.nullish(),
  schema: text.nullish(),
  threads: threads.nullish(),
  extensions: z.array(extension, { error: 'must be a list of names of extensions' }).nullish(),
  settings: settings.nullish(),
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
  config_options:
    "Options of the start are not supported: put what DuckDB can SET below 'settings'.",
  module_paths: 'Python modules are not supported.',
  use_credential_provider: 'Files of a cloud are not supported.',
  motherduck_token: 'MotherDuck is not supported.',
  is_ducklake: 'DuckLake is not supported.',
  session_properties: 'Properties of the session are not supported: models would not see them.',
  connection_parameters: 'Further parameters of the connection are not supported.',
  compute: 'Several warehouses in one target are not supported.',
  azure_client_id: "Azure's own principals are not supported: use client_id with auth_type oauth.",
  azure_client_secret:
    "Azure's own principals are not supported: use client_secret with auth_type oauth.",
  oidc_token_filepath: 'Tokens from a file are not supported.',
  plugins: 'Plugins of dbt-duckdb are written in Python and not supported.',
  filesystems: 'Filesystems of dbt-duckdb are written in Python and not supported.',
  secrets: 'Secrets of DuckDB are not supported.',
  remote: 'Remote DuckDB is not supported.',
  client_id: 'It belongs to a service principal: set auth_type to oauth as well.',
  client_secret: 'It belongs to a service principal: set auth_type to oauth as well.',
};

/** Keys of dbt's adapters that concern how dbt works, and nothing that it makes. */
export const ignoredProfileKeys: Readonly<Record<string, string>> = {
  external_root: 'It is for external models, which are not supported.',
  retries: 'DuckDB is not asked again here.',
  disable_transactions: 'A build is not published unless all of it is well.',
  keep_open: 'The database is closed at the end of a command.',
  flights: 'It is for Python models, which are not supported.',
  query_tags: 'Queries are tagged by this program.',
  connect_retries: 'How often is tried again is fixed here.',
  connect_timeout: 'How long is waited is fixed here.',
  connect_max_idle: 'How long a session may idle is fixed here.',
  retry_all: 'What is tried again is fixed here.',
  oauth_redirect_url: 'Nobody is asked in a browser here.',
  oauth_scopes: 'Nobody is asked in a browser here.',
};
