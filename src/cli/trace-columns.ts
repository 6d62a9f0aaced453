/** Wires the tracing of columns to the project: its compiler and a database in memory. */
import { join } from 'node:path';
import { TechstoreError } from '../errors.js';
import { refusingBackend, type Backend } from '../dbt/backend.js';
import { Compiler } from '../dbt/compile.js';
import { RelationValue } from '../dbt/relation.js';
import {
  type ColumnLineage,
  columnLineage,
  type ColumnLineageOptions,
  columnReaders,
  type ColumnReaders,
  type ColumnRef,
  type InputTable,
  type TypedColumn,
} from '../lineage/index.js';
import type { LineageGraph } from '../graph/index.js';
import type { ModelNode, TestNode } from '../manifest/nodes.js';
import { emptyDuckDB } from './empty-twin.js';
import type { LoadedProject } from './load.js';

/** @param graph with the edges from seeds to their sources */
export async function traceColumns(
  project: LoadedProject,
  graph: LineageGraph,
  ids: Iterable<string>,
  tracing?: (model: ModelNode) => void,
): Promise<ColumnLineage> {
  return withTwin(project, graph, (options) =>
    columnLineage({ ...options, ids, ...(tracing === undefined ? {} : { tracing }) }),
  );
}

/** Who reads these columns. @param lost by unique id, columns that a table had and will not have */
export async function readersOfColumns(
  project: LoadedProject,
  graph: LineageGraph,
  columns: readonly ColumnRef[],
  lost: ReadonlyMap<string, readonly TypedColumn[]>,
): Promise<ReadonlyMap<string, ColumnReaders>> {
  return withTwin(project, graph, (options) => columnReaders(columns, { ...options, lost }));
}

async function withTwin<T>(
  project: LoadedProject,
  graph: LineageGraph,
  work: (options: Omit<ColumnLineageOptions, 'ids'>) => Promise<T>,
): Promise<T> {
  const compiler = timeless(project);
  let close = async (): Promise<void> => undefined;
  try {
    return await work({
      manifest: project.manifest,
      graph,
      render: (node, inputs) => render(compiler, node, inputs),
      connect: async () => {
        const twin = await emptyDuckDB({});
        close = () => twin.close();
        return twin;
      },
      cacheFile: join(project.targetDir, 'column_lineage.json'),
    });
  } finally {
    await close();
  }
}

/** The same project on a day that never changes: dates in the SQL would empty the cache every day. */
function timeless({ compiler, session, manifest, asOf }: LoadedProject): Compiler {
  const day = '2000-01-01';
  const vars = new Map(session.vars);
  if (asOf !== null) vars.set('as_of', day);
  return new Compiler(
    { ...session, vars, runStartedAt: new Date(`${day}T00:00:00Z`), invocationId: '' },
    manifest,
    compiler,
  );
}

async function render(
  compiler: Compiler,
  node: ModelNode | TestNode,
  inputs: ReadonlyMap<string, InputTable>,
): Promise<string> {
  const { quote } = compiler.session;
  const relation = (identifier: string): RelationValue =>
    new RelationValue({ database: null, schema: null, identifier, type: 'table' }, quote);
  const { sql } = await compiler.compile(node, {
    backend: knownTables([...inputs.values()]),
    relations: new Map([...inputs].map(([id, { name }]) => [id, relation(name)])),
  });
  return sql;
}

/** Answers questions for columns; rows there are none of. */
function knownTables(tables: readonly InputTable[]): Backend {
  const find = (identifier: string | null): InputTable | undefined =>
    tables.find(({ name }) => name.toLowerCase() === identifier?.toLowerCase());
  return {
    ...refusingBackend(() =>
      Promise.reject(new TechstoreError('compilation', 'it queries the database')),
    ),
    relation: async (parts) => (find(parts.identifier) === undefined ? null : parts),
    columns: async ({ identifier }) => find(identifier)?.columns ?? [],
  };
}
