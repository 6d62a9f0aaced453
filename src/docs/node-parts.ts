/** What only one kind of node has. */
import { plainObject } from '../artifacts/index.js';
import { limitText, neverLoaded } from '../ground/freshness.js';
import type { FreshnessResult } from '../manifest/freshness.js';
import type {
  ExposureNode,
  FreshnessPeriod,
  SourceNode,
  TestNode,
  UnitTestNode,
  UnitTestRows,
} from '../manifest/nodes.js';
import type { SiteFixture, SiteFreshness, SiteNode, SiteRows } from './page/site/site-data.js';

export function sourceParts(
  node: SourceNode,
  results: readonly FreshnessResult[],
): Pick<SiteNode, 'source' | 'freshness'> {
  const freshness = freshnessOf(
    node,
    results.find(({ uniqueId }) => uniqueId === node.uniqueId),
  );
  return {
    source: { name: node.sourceName, description: node.sourceDescription, loader: node.loader },
    ...(freshness === null ? {} : { freshness }),
  };
}

/** Null where the source asks for none, and none was found. */
function freshnessOf(node: SourceNode, result: FreshnessResult | undefined): SiteFreshness | null {
  if (node.freshness === null && result === undefined) return null;
  const isNone = result?.maxLoadedAt?.getTime() === neverLoaded.getTime();
  return {
    status: result?.status ?? null,
    error: isNone ? 'No record has a time.' : (result?.error ?? null),
    maxLoadedAt: isNone ? null : (result?.maxLoadedAt?.toISOString() ?? null),
    snapshottedAt: result?.snapshottedAt?.toISOString() ?? null,
    age: isNone ? null : (result?.age ?? null),
    warnAfter: period(node.freshness?.warnAfter ?? null),
    errorAfter: period(node.freshness?.errorAfter ?? null),
    filter: node.freshness?.filter ?? null,
    loadedAtField: node.loadedAtField,
  };
}

function period(found: FreshnessPeriod | null): string | null {
  return found === null ? null : limitText(found);
}

export function testParts(node: TestNode): Pick<SiteNode, 'test'> {
  const { testMetadata: metadata, config } = node;
  const given = Object.entries(metadata?.kwargs ?? {}).filter(
    ([name]) => name !== 'model' && name !== 'column_name',
  );
  return {
    test: {
      node: node.attachedNode,
      column: node.columnName,
      kind:
        metadata === null
          ? 'singular'
          : metadata.namespace === null
            ? metadata.name
            : `${metadata.namespace}.${metadata.name}`,
      severity: config.severity,
      ...(given.length === 0 ? {} : { arguments: plainObject(Object.fromEntries(given)) }),
    },
  };
}

export function unitParts(node: UnitTestNode): Pick<SiteNode, 'unit'> {
  const { nodes } = node.dependsOn;
  return {
    unit: {
      model: nodes.find((id) => id.startsWith('model.') && id.split('.')[2] === node.model) ?? null,
      given: node.given.map((given) => fixture(given.input, given)),
      expect: fixture(node.model, node.expect),
    },
  };
}

function fixture(name: string, { rows, fixture: file }: UnitTestRows): SiteFixture {
  if (rows === null) return { name, rows: null, text: file };
  return typeof rows === 'string'
    ? { name, rows: null, text: rows }
    : { name, rows: tableOf(rows), text: null };
}

/** Rows may leave columns out. */
function tableOf(rows: readonly Record<string, unknown>[]): SiteRows {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return {
    columns,
    rows: rows.map((row) => {
      const plain = plainObject(row);
      return columns.map((column) => {
        const value = plain[column];
        if (value === null || value === undefined) return null;
        return typeof value === 'string' ? value : JSON.stringify(value);
      });
    }),
  };
}

export function exposureParts(node: ExposureNode): Pick<SiteNode, 'exposure' | 'owner'> {
  const { owner, type, label, maturity, url } = node;
  const name = owner.name ?? owner.email;
  return {
    ...(name === null ? {} : { owner: name }),
    exposure: { type, label, maturity, url, email: owner.email },
  };
}
