/**
 * dbt's configuration of a node: levels from dbt_project.yml (outermost first),
 * then the property file, then `config()` in the file itself. A later level wins,
 * except that tags add up, meta and grants merge and hooks append.
 */
import { TechstoreError, type Place } from '../errors.js';
import { assignOwn, lookUp, setOwn } from '../project/index.js';
import {
  defaultConfig,
  type ContractConfig,
  type Hook,
  type NodeConfig,
  type Severity,
} from '../manifest/config.js';
import type { ConfigArgument } from '../manifest/config-keys.js';

export interface ConfigLevel {
  /** dbt's key, with or without `+`, with `-` or `_`. */
  readonly key: string;
  readonly value: unknown;
  readonly place: Place;
}

type Apply = (config: NodeConfig, value: unknown, fail: Fail) => void;
type Fail = (expected: string) => never;

function asBoolean(value: unknown, fail: Fail): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' && /^(true|false)$/i.test(value)) {
    return value.toLowerCase() === 'true';
  }
  return fail('true or false');
}

function asText(value: unknown, fail: Fail): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return fail('a text');
}

function asTextOrNull(value: unknown, fail: Fail): string | null {
  return value === null || value === undefined ? null : asText(value, fail);
}

export function asTexts(value: unknown, fail: Fail): string[] {
  if (Array.isArray(value)) return value.map((item) => asText(item, fail));
  return [asText(value, fail)];
}

function asRecord(value: unknown, fail: Fail): Record<string, unknown> {
  if (value === null || value === undefined) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  return fail('a mapping');
}

function asWholeNumberOrNull(value: unknown, fail: Fail): number | null {
  if (value === null || value === undefined) return null;
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0) return number;
  return fail('a whole number');
}

/** Hooks in each shape that dbt takes: a text, a mapping with `sql`, or a list of these. */
export function asHooks(value: unknown, fail: Fail): Hook[] {
  if (value === null || value === undefined) return [];
  const items: unknown[] = Array.isArray(value) ? value : [value];
  return items.map((item) => {
    if (typeof item === 'string') return { sql: item, transaction: true };
    const record = asRecord(item, fail);
    if (typeof record['sql'] !== 'string') return fail('SQL, or a map with the key sql');
    return { sql: record['sql'], transaction: record['transaction'] !== false };
  });
}

function asContract(value: unknown, fail: Fail): ContractConfig {
  const record = asRecord(value, fail);
  return {
    enforced: record['enforced'] === undefined ? false : asBoolean(record['enforced'], fail),
    aliasTypes: record['alias_types'] === undefined ? true : asBoolean(record['alias_types'], fail),
  };
}

function asSeverity(value: unknown, fail: Fail): Severity {
  const text = typeof value === 'string' ? value.toLowerCase() : value;
  return text === 'error' || text === 'warn' ? text : fail('error or warn');
}

function asPersistDocs(value: unknown, fail: Fail): NodeConfig['persistDocs'] {
  const record = asRecord(value, fail);
  return {
    relation: record['relation'] === undefined ? false : asBoolean(record['relation'], fail),
    columns: record['columns'] === undefined ? false : asBoolean(record['columns'], fail),
  };
}

function addUnique(into: string[], more: readonly string[]): void {
  for (const item of more) if (!into.includes(item)) into.push(item);
}

const known: Readonly<Record<ConfigArgument, Apply>> = {
  enabled: (c, v, fail) => (c.enabled = asBoolean(v, fail)),
  materialized: (c, v, fail) => (c.materialized = asText(v, fail)),
  database: (c, v, fail) => (c.database = asTextOrNull(v, fail)),
  schema: (c, v, fail) => (c.schema = asTextOrNull(v, fail)),
  alias: (c, v, fail) => (c.alias = asTextOrNull(v, fail)),
  tags: (c, v, fail) => addUnique(c.tags, v === null ? [] : asTexts(v, fail)),
  meta: (c, v, fail) => assignOwn(c.meta, asRecord(v, fail)),
  group: (c, v, fail) => (c.group = asTextOrNull(v, fail)),
  docs: (c, v, fail) => {
    const record = asRecord(v, fail);
    if (record['show'] !== undefined) c.docs.show = asBoolean(record['show'], fail);
    if (record['node_color'] !== undefined)
      c.docs.nodeColor = asTextOrNull(record['node_color'], fail);
  },
  pre_hook: (c, v, fail) => c.preHook.push(...asHooks(v, fail)),
  post_hook: (c, v, fail) => c.postHook.push(...asHooks(v, fail)),
  persist_docs: (c, v, fail) => (c.persistDocs = asPersistDocs(v, fail)),
  contract: (c, v, fail) => (c.contract = asContract(v, fail)),
  quoting: (c, v, fail) => Object.assign(c.quoting, asRecord(v, fail)),
  full_refresh: (c, v, fail) => (c.fullRefresh = v === null ? null : asBoolean(v, fail)),
  unique_key: (c, v, fail) =>
    (c.uniqueKey = v === null ? null : Array.isArray(v) ? asTexts(v, fail) : asText(v, fail)),
  on_schema_change: (c, v, fail) => (c.onSchemaChange = asText(v, fail)),
  on_configuration_change: (c, v, fail) => (c.onConfigurationChange = asText(v, fail)),
  grants: (c, v, fail) => assignOwn(c.grants, asRecord(v, fail)),
  event_time: (c, v, fail) => (c.eventTime = asTextOrNull(v, fail)),
  column_types: (c, v, fail) => {
    for (const [name, type] of Object.entries(asRecord(v, fail))) {
      setOwn(c.columnTypes, name, asText(type, fail));
    }
  },
  delimiter: (c, v, fail) => (c.delimiter = asText(v, fail)),
  quote_columns: (c, v, fail) => (c.quoteColumns = v === null ? null : asBoolean(v, fail)),
  severity: (c, v, fail) => (c.severity = asSeverity(v, fail)),
  store_failures: (c, v, fail) => (c.storeFailures = v === null ? null : asBoolean(v, fail)),
  store_failures_as: (c, v, fail) => (c.storeFailuresAs = asTextOrNull(v, fail)),
  where: (c, v, fail) => (c.where = asTextOrNull(v, fail)),
  limit: (c, v, fail) => (c.limit = asWholeNumberOrNull(v, fail)),
  fail_calc: (c, v, fail) => (c.failCalc = asText(v, fail)),
  warn_if: (c, v, fail) => (c.warnIf = asText(v, fail)),
  error_if: (c, v, fail) => (c.errorIf = asText(v, fail)),
};

/** `+pre-hook` and `pre_hook` are one key. */
export function normaliseConfigKey(key: string): string {
  const bare = key.startsWith('+') ? key.slice(1) : key;
  const underscored = bare.replaceAll('-', '_');
  return Object.hasOwn(known, underscored) ? underscored : bare;
}

/**
 * Merges the levels, weakest first, over dbt's defaults.
 *
 * @throws TechstoreError `project` at the place of a value of the wrong kind.
 */
export function mergeConfig(materialized: string, levels: readonly ConfigLevel[]): NodeConfig {
  const config = defaultConfig(materialized);
  for (const { key, value, place } of levels) {
    const name = normaliseConfigKey(key);
    const fail: Fail = (expected) => {
      throw new TechstoreError(
        'project',
        `config ${name} must be ${expected}, not ${show(value)}`,
        {
          place,
        },
      );
    };
    const apply = lookUp<Apply>(known, name);
    if (apply === undefined) setOwn(config.extra, name, value);
    else apply(config, value, fail);
  }
  return config;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
