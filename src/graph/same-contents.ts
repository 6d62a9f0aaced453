/** dbt's comparisons of a node with what it was in an earlier manifest. */
import type {
  ExposureNode,
  GraphNode,
  SourceNode,
  TestNode,
  UnitTestNode,
} from '../manifest/nodes.js';
import { isJson, objectAt, type Json } from './previous-manifest.js';

type Parsed = Exclude<GraphNode, SourceNode | ExposureNode | UnitTestNode>;

/** JSON with sorted keys, in which an absent key and null are one. */
function canonical(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== null && inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`);
  return `{${entries.join(',')}}`;
}

const same = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

export function isParsed(node: GraphNode): node is Parsed {
  return !['source', 'exposure', 'unit_test'].includes(node.resourceType);
}

/** Keys of a configuration that dbt leaves to other comparisons or does not compare. */
const notCompared = new Set(['alias', 'schema', 'database', 'tags', 'group']);
const comparedOfTests = new Set([
  'severity',
  'where',
  'limit',
  'fail_calc',
  'warn_if',
  'error_if',
  'store_failures',
  'store_failures_as',
]);

function configPart(node: Parsed, config: Json): Json {
  const kept = Object.entries(config).filter(([key]) =>
    node.resourceType === 'test' ? comparedOfTests.has(key) : !notCompared.has(key),
  );
  return Object.fromEntries(kept);
}

export function sameFqn(node: GraphNode, old: Json): boolean {
  return same(node.fqn, old['fqn']);
}

export function sameBody(node: Parsed, old: Json): boolean {
  if (node.resourceType === 'seed') {
    return (node.textChecksum ?? node.checksum) === objectAt(old, 'checksum')['checksum'];
  }
  const before = old['raw_code'];
  // dbt cuts white space at the ends of a file when it reads it.
  return typeof before === 'string' && node.rawCode.trim() === before.trim();
}

export function sameConfig(node: GraphNode, old: Json): boolean {
  if (!isParsed(node)) {
    const before = objectAt(old, 'config')['enabled'];
    return node.config.enabled === (before ?? true);
  }
  return same(
    configPart(node, node.unrenderedConfig),
    configPart(node, objectAt(old, 'unrendered_config')),
  );
}

export function sameRelation(node: Parsed | SourceNode, old: Json): boolean {
  if (node.resourceType === 'source') {
    return (
      node.database === old['database'] &&
      node.schema === old['schema'] &&
      node.identifier === old['identifier']
    );
  }
  const before = objectAt(old, 'unrendered_config');
  return ['database', 'schema', 'alias'].every((key) =>
    same(node.unrenderedConfig[key], before[key]),
  );
}

function descriptions(columns: object): Json {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, (column as Json)['description'] ?? '']),
  );
}

/** Descriptions count where they are written into the database. */
export function samePersistedDescription(node: Parsed, old: Json): boolean {
  const { relation, columns } = node.config.persistDocs;
  if (relation && node.description !== (old['description'] ?? '')) return false;
  return !columns || same(descriptions(node.columns), descriptions(objectAt(old, 'columns')));
}

function contractOf(columns: object, type: 'dataType' | 'data_type'): Json {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => {
      const { constraints } = column as { constraints?: readonly Json[] };
      const kinds = (constraints ?? []).map(({ type: kind, expression }) => ({ kind, expression }));
      return [name, { type: (column as Json)[type], constraints: kinds }];
    }),
  );
}

/** Of models whose contract is enforced: names, types and constraints of columns. */
export function sameContract(node: GraphNode, old: Json): boolean {
  if (node.resourceType !== 'model') return true;
  const before = objectAt(old, 'contract')['enforced'] === true;
  const { enforced } = node.config.contract;
  if (!before && !enforced) return true;
  if (before !== enforced) return false;
  const checksum = objectAt(old, 'contract')['checksum'];
  if (typeof checksum === 'string' && typeof node.contractChecksum === 'string') {
    return checksum === node.contractChecksum;
  }
  return same(
    contractOf(node.columns, 'dataType'),
    contractOf(objectAt(old, 'columns'), 'data_type'),
  );
}

function sameFreshness(node: SourceNode, old: Json): boolean {
  const period = (value: unknown) =>
    isJson(value) && value['count'] !== null && value['count'] !== undefined
      ? { count: value['count'], period: value['period'] }
      : null;
  const before = old['freshness'];
  const now = node.freshness;
  return (
    same(period(now?.warnAfter), period(isJson(before) ? before['warn_after'] : null)) &&
    same(period(now?.errorAfter), period(isJson(before) ? before['error_after'] : null)) &&
    same(now?.filter, isJson(before) ? before['filter'] : null) &&
    same(node.loadedAtField, old['loaded_at_field'])
  );
}

function sameExposure(node: ExposureNode, old: Json): boolean {
  const owner = objectAt(old, 'owner');
  const needs = objectAt(old, 'depends_on')['nodes'];
  return (
    node.type === old['type'] &&
    same(node.owner.name, owner['name']) &&
    same(node.owner.email, owner['email']) &&
    same(node.maturity, old['maturity']) &&
    same(node.url, old['url']) &&
    node.description === (old['description'] ?? '') &&
    same(node.label, old['label']) &&
    same(
      node.dependsOn.nodes.toSorted(),
      Array.isArray(needs) ? (needs as string[]).toSorted() : [],
    )
  );
}

function sameTest(node: TestNode, old: Json): boolean | undefined {
  // A generic test's SQL is made from its arguments, which are in its name.
  return node.testMetadata === null ? undefined : sameConfig(node, old) && sameFqn(node, old);
}

/** Whether `state:modified` leaves the node out, macros aside. */
export function sameContents(node: GraphNode, old: Json): boolean {
  if (node.resourceType === 'unit_test') return node.checksum === old['checksum'];
  if (node.resourceType === 'exposure') {
    return sameFqn(node, old) && sameExposure(node, old) && sameConfig(node, old);
  }
  if (node.resourceType === 'source') {
    return (
      sameRelation(node, old) &&
      sameFqn(node, old) &&
      sameConfig(node, old) &&
      same(node.quoting, objectAt(old, 'quoting')) &&
      sameFreshness(node, old)
    );
  }
  const test = node.resourceType === 'test' ? sameTest(node, old) : undefined;
  if (test !== undefined) return test;
  if (node.resourceType === 'model' && node.access !== (old['access'] ?? 'protected')) return false;
  return (
    sameBody(node, old) &&
    sameConfig(node, old) &&
    samePersistedDescription(node, old) &&
    sameFqn(node, old) &&
    sameRelation(node, old) &&
    sameContract(node, old)
  );
}
