/** What dbt_project.yml may say. Trees of configuration are read by `config-tree.ts`. */
import { z } from 'zod';
import { yamlMap } from './yaml-map.js';

const map = yamlMap;
const texts = z.array(z.string());
const textOrTexts = z.union([z.string(), texts], {
  error: 'must be text or a list of text values',
});

/** Words that Jinja's context takes, so no project may have them as its name. */
const reservedNames = new Set(
  (
    'adapter api column config context database env env_var exceptions execute flags fromjson ' +
    'fromyaml graph invocation_id load_agate_table load_result log model modules post_hooks ' +
    'pre_hooks ref render return run_started_at schema source sql sql_now store_result ' +
    'store_raw_result target this tojson toyaml try_or_compiler_error var write'
  ).split(' '),
);

export const projectSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[^\d\W]\w*$/, 'must be letters, digits and underscores, and not begin with a digit')
    .refine((name) => !reservedNames.has(name), 'is a reserved name in dbt'),
  'config-version': z.literal(2, { error: 'must be 2' }).nullish(),
  // Text or any number; taken from the file as written.
  version: z.unknown().optional(),
  profile: z.string().nullish(),
  'model-paths': texts.nullish(),
  'seed-paths': texts.nullish(),
  'test-paths': texts.nullish(),
  'analysis-paths': texts.nullish(),
  'macro-paths': texts.nullish(),
  'snapshot-paths': texts.nullish(),
  'docs-paths': texts.nullish(),
  'asset-paths': texts.nullish(),
  'target-path': z.string().nullish(),
  'log-path': z.string().nullish(),
  'packages-install-path': z.string().nullish(),
  'clean-targets': texts.nullish(),
  vars: map.nullish(),
  models: map.nullish(),
  seeds: map.nullish(),
  snapshots: map.nullish(),
  sources: map.nullish(),
  exposures: map.nullish(),
  tests: map.nullish(),
  data_tests: map.nullish(),
  unit_tests: map.nullish(),
  analyses: map.nullish(),
  'on-run-start': textOrTexts.nullish(),
  'on-run-end': textOrTexts.nullish(),
  dispatch: z.array(z.strictObject({ macro_namespace: z.string(), search_order: texts })).nullish(),
  quoting: z
    .strictObject({
      database: z.boolean().nullish(),
      schema: z.boolean().nullish(),
      identifier: z.boolean().nullish(),
      project: z.boolean().nullish(),
    })
    .nullish(),
  'query-comment': z
    .union(
      [
        z.string(),
        z.strictObject({
          comment: z.string().nullish(),
          append: z.boolean().nullish(),
          'job-label': z.boolean().nullish(),
        }),
      ],
      { error: "must be text or a map with 'comment' and 'append'" },
    )
    .nullish(),
  'require-dbt-version': textOrTexts.nullish(),
  'restrict-access': z.boolean().nullish(),
  flags: map.nullish(),
  // Ours: dbt passes over it.
  publish: z
    .enum(['after_run', 'after_tests'], { error: "must be 'after_tests' or 'after_run'" })
    .nullish(),
});

export type ProjectYaml = z.output<typeof projectSchema>;

/** Keys that dbt has and this program has not. */
export const unsupportedKeys: Readonly<Record<string, string>> = {
  metrics: 'Metrics belong to the semantic layer, which is not supported.',
  'semantic-models': 'The semantic layer is not supported.',
  semantic_models: 'The semantic layer is not supported.',
  'saved-queries': 'The semantic layer is not supported.',
  saved_queries: 'The semantic layer is not supported.',
  functions: 'User-defined functions are not supported.',
  'function-paths': 'User-defined functions are not supported.',
  'dbt-cloud': 'It applies to dbt Cloud only.',
  packages: 'List packages in packages.yml.',
};

/** Old names that dbt renamed, by their new name. */
export const renamedKeys: Readonly<Record<string, string>> = {
  'source-paths': 'model-paths',
  'data-paths': 'seed-paths',
};
