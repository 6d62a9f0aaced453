/** A small shop's manifest and results of a run of it, as summaries get them. */
import { painter } from '../../src/format/painter.js';
import { summaryText, type SummaryInput } from '../../src/format/summary.js';
import { defaultConfig } from '../../src/manifest/config.js';
import type {
  GraphNode,
  ModelNode,
  SeedNode,
  SourceNode,
  TestNode,
} from '../../src/manifest/nodes.js';
import type { NodeResult } from '../../src/manifest/results.js';

function executable(kind: string, name: string, file: string, parents: readonly string[]) {
  return {
    uniqueId: `${kind}.shop.${name}`,
    name,
    packageName: 'shop',
    path: file.split('/').slice(1).join('/'),
    originalFilePath: file,
    fqn: ['shop', ...file.split('/').slice(1, -1), name],
    description: '',
    tags: [],
    meta: {},
    place: { file },
    rawCode: 'select 1',
    rawCodeLine: 1,
    checksum: '',
    config: defaultConfig('table'),
    unrenderedConfig: {},
    database: 'shop',
    schema: 'main',
    alias: name,
    columns: {},
    patchPath: null,
    refs: [],
    sources: [],
    dependsOn: { nodes: [...parents], macros: [] },
    docBlocks: [],
  };
}

export function model(name: string, layer: string, parents: readonly string[]): ModelNode {
  return {
    ...executable('model', name, `models/${layer}/${name}.sql`, parents),
    resourceType: 'model',
    constraints: [],
    access: 'protected',
    version: null,
  };
}

export function seed(name: string): SeedNode {
  return {
    ...executable('seed', name, `seeds/${name}.csv`, []),
    resourceType: 'seed',
    rootPath: '.',
  };
}

export function dataTest(name: string, parent: string): TestNode {
  return {
    ...executable('test', name, 'models/silver/silver.yml', [parent]),
    resourceType: 'test',
    testMetadata: { name: 'not_null', namespace: null, kwargs: {} },
    columnName: 'id',
    attachedNode: parent,
  };
}

export function source(table: string): SourceNode {
  return {
    ...executable('source', table, 'models/sources.yml', []),
    uniqueId: `source.shop.raw.${table}`,
    resourceType: 'source',
    sourceName: 'raw',
    sourceDescription: '',
    loader: '',
    identifier: table,
    loadedAtField: null,
    loadedAtQuery: null,
    freshness: null,
    config: { enabled: true },
    quoting: {},
  };
}

const noon = new Date('2025-07-01T12:00:00Z');

export function result(node: GraphNode, more: Partial<NodeResult> = {}): NodeResult {
  return {
    uniqueId: node.uniqueId,
    status: node.resourceType === 'test' ? 'pass' : 'success',
    message: null,
    rows: null,
    failures: null,
    timing: [],
    executionTime: 0.1,
    thread: 'Thread-1',
    compiledCode: null,
    compiledPath: null,
    relationName: null,
    relationType: null,
    failuresRelation: null,
    failuresPlace: null,
    sample: null,
    skippedBecauseOf: null,
    carriedOver: false,
    place: null,
    ...more,
  };
}

/** The summary of a run that published, with what a test gives instead. */
export function summary(
  nodes: readonly GraphNode[],
  results: readonly NodeResult[],
  more: Partial<SummaryInput> = {},
): string {
  return summaryText({
    result: {
      startedAt: noon,
      completedAt: new Date(noon.getTime() + 2345),
      results,
    },
    manifest: { nodes: new Map(nodes.map((node) => [node.uniqueId, node])) },
    rows: new Map(),
    previousRows: null,
    rejected: [],
    warnings: [],
    outcome: 'Published build 1 to shop.duckdb',
    ok: true,
    query: 'techstore query',
    paint: painter(false),
    ...more,
  });
}
