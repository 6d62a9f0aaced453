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
  type InputTable,
} from '../lineage/index.js';
import type { LineageGraph } from '../graph/index.js';
import type { ModelNode } from '../manifest/nodes.js';
import { emptyDuckDB } from './empty-twin.js';
import type { LoadedProject } from './load.js';

/** @param graph with the edges from seeds to their sources */
export async function traceColumns(
  project: LoadedProject,
  graph: LineageGraph,
  ids: Iterable<string>,
  tracing?: (model: ModelNode) => void,
): Promise<ColumnLineage> {
  const compiler = timeless(project);
  let close = async (): Promise<void> => undefined;
  const connect: ColumnLineageOptions['connect'] = async () => {
    const twin = await emptyDuckDB({});
    close = () => twin.close();
    return twin;
  };
  try {
    return await columnLineage({
      manifest: project.manifest,
      graph,
      ids,
      render: (model, inputs) => render(compiler, model, inputs),
      connect,
      cacheFile: join(project.targetDir, 'column_lineage.json'),
      ...(tracing === undefined ? {} : { tracing }),
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
  model: ModelNode,
  inputs: ReadonlyMap<string, InputTable>,
): Promise<string> {
  const { quote } = compiler.session;
  const relation = (identifier: string): RelationValue =>
    new RelationValue({ database: null, schema: null, identifier, type: 'table' }, quote);
  const { sql } = await compiler.compile(model, {
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
