/** What each entry of a property file may say, in dbt's names. Null counts as silence. */
import { z } from 'zod';
import { yamlMap } from './yaml-map.js';

const text = z.string();
const map = yamlMap;
const tags = z.union([text, z.array(text)], { error: 'must be text or a list of text values' });
// Read by test-entry.ts, whose faults say more than a schema's.
const tests = z.array(z.unknown());
const bool = z.union([z.boolean(), text], { error: 'must be true or false' });

const docs = z.strictObject({ show: z.boolean().nullish(), node_color: text.nullish() });

const constraint = z.strictObject({
  type: z.enum(['check', 'not_null', 'unique', 'primary_key', 'foreign_key', 'custom']),
  name: text.nullish(),
  expression: text.nullish(),
  columns: z.array(text).nullish(),
  to: text.nullish(),
  to_columns: z.array(text).nullish(),
  warn_unenforced: z.boolean().nullish(),
  warn_unsupported: z.boolean().nullish(),
});

const column = z.strictObject({
  name: text,
  description: text.nullish(),
  data_type: text.nullish(),
  quote: z.boolean().nullish(),
  meta: map.nullish(),
  tags: tags.nullish(),
  docs: docs.nullish(),
  granularity: text.nullish(),
  config: map.nullish(),
  constraints: z.array(constraint).nullish(),
  tests: tests.nullish(),
  data_tests: tests.nullish(),
});

const common = {
  name: text,
  description: text.nullish(),
  config: map.nullish(),
  meta: map.nullish(),
  docs: docs.nullish(),
};

export const nodeSchema = z.strictObject({
  ...common,
  access: text.nullish(),
  group: text.nullish(),
  columns: z.array(column).nullish(),
  tests: tests.nullish(),
  data_tests: tests.nullish(),
  constraints: z.array(constraint).nullish(),
  quote_columns: z.boolean().nullish(),
  deprecation_date: text.nullish(),
  time_spine: z
    .looseObject({
      standard_granularity_column: text,
      custom_granularities: z.array(map).nullish(),
    })
    .nullish(),
});

export const snapshotSchema = nodeSchema.extend({ relation: text.nullish() });

export const singularTestSchema = z.strictObject(common);

export const macroSchema = z.strictObject({
  ...common,
  arguments: z
    .array(
      z.strictObject({
        name: text,
        type: text.nullish(),
        description: text.nullish(),
      }),
    )
    .nullish(),
});

const time = z.strictObject({
  count: z
    .union([z.int().nonnegative('must be at least 0'), text], { error: 'must be a whole number' })
    .nullish(),
  period: text
    .refine(
      (period) => ['minute', 'hour', 'day'].includes(period) || period.includes('{{'),
      'must be minute, hour or day',
    )
    .nullish(),
});

export const freshness = z.strictObject({
  warn_after: time.nullish(),
  error_after: time.nullish(),
  filter: text.nullish(),
});

const quoting = z.strictObject({
  database: bool.nullish(),
  schema: bool.nullish(),
  identifier: bool.nullish(),
  column: bool.nullish(),
});

const sourceCommon = {
  name: text,
  description: text.nullish(),
  meta: map.nullish(),
  tags: tags.nullish(),
  // dbt 1.10 moved these into the configuration, and takes them in either place.
  config: z
    .looseObject({
      freshness: freshness.nullish(),
      loaded_at_field: text.nullish(),
      loaded_at_query: text.nullish(),
    })
    .nullish(),
  loaded_at_field: text.min(1, 'must not be empty').nullish(),
  loaded_at_query: text.nullish(),
  quoting: quoting.nullish(),
  freshness: freshness.nullish(),
};

export const sourceSchema = z.strictObject({
  ...sourceCommon,
  database: text.nullish(),
  catalog: text.nullish(),
  schema: text.nullish(),
  loader: text.nullish(),
  tables: z
    .array(
      z.strictObject({
        ...sourceCommon,
        identifier: text.nullish(),
        docs: docs.nullish(),
        data_type: text.nullish(),
        columns: z.array(column).nullish(),
        tests: tests.nullish(),
        data_tests: tests.nullish(),
      }),
    )
    .nullish(),
});

const owner = z
  .looseObject({
    name: text.nullish(),
    email: z
      .union([text, z.array(text)], { error: 'must be text or a list of text values' })
      .nullish(),
  })
  .refine((o) => Boolean(o.name) || Boolean(o.email), "must have a 'name' or an 'email'");

export const exposureSchema = z.strictObject({
  name: text,
  type: z.enum(['dashboard', 'notebook', 'analysis', 'ml', 'application']),
  owner,
  label: text.nullish(),
  description: text.nullish(),
  maturity: z.enum(['low', 'medium', 'high']).nullish(),
  url: text.nullish(),
  depends_on: z.array(text).nullish(),
  meta: map.nullish(),
  tags: tags.nullish(),
  config: map.nullish(),
});

const rows = {
  format: z.enum(['dict', 'csv', 'sql']).nullish(),
  rows: z
    .union([text, z.array(map)], { error: 'must be a list of rows, or CSV or SQL text' })
    .nullish(),
  fixture: text.nullish(),
};

export const unitTestSchema = z.strictObject({
  name: text,
  model: text,
  description: text.nullish(),
  given: z.array(z.strictObject({ input: text, ...rows })),
  expect: z.strictObject(rows),
  overrides: z
    .strictObject({ macros: map.nullish(), vars: map.nullish(), env_vars: map.nullish() })
    .nullish(),
  config: map.nullish(),
});

export const groupSchema = z.strictObject({
  name: text,
  owner,
  description: text.nullish(),
  config: map.nullish(),
});

/** Keys that make a resource something this program has not, with what to do. */
export const refusedKeys: Readonly<Record<string, string>> = {
  versions: 'Give each version of the model its own name and file.',
  latest_version: 'Give each version of the model its own name and file.',
  external: 'Load external tables with a seed, or read them in a model.',
  overrides:
    "dbt deprecates it: configure the package's source under 'sources:' in dbt_project.yml.",
  loaded_at_query: "Use 'loaded_at_field'.",
};

/** Keys of an entry that belong to the semantic layer, which is not here: they change nothing that is built. */
export const semanticKeys: ReadonlySet<string> = new Set([
  'semantic_model',
  'semantic_models',
  'primary_entity',
  'agg_time_dimension',
  'derived_semantics',
  'metrics',
  'entity',
  'dimension',
]);

/** Lists at the top of a property file that belong to parts of dbt which are not here. */
export const ignoredSections: Readonly<Record<string, string>> = {
  metrics: 'The semantic layer is not supported.',
  semantic_models: 'The semantic layer is not supported.',
  saved_queries: 'The semantic layer is not supported.',
  functions: 'User-defined functions are not supported.',
};

export type NodeYaml = z.output<typeof snapshotSchema>;
export type ColumnYaml = z.output<typeof column>;
export type ConstraintYaml = z.output<typeof constraint>;
export type MacroYaml = z.output<typeof macroSchema>;
export type SourceYaml = z.output<typeof sourceSchema>;
export type FreshnessYaml = z.output<typeof freshness>;
export type QuotingYaml = z.output<typeof quoting>;
export type ExposureYaml = z.output<typeof exposureSchema>;
export type UnitTestYaml = z.output<typeof unitTestSchema>;
export type RowsYaml = z.output<typeof unitTestSchema>['expect'];
export type GroupYaml = z.output<typeof groupSchema>;
