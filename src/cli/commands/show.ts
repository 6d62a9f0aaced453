/** `show`: rows that a model or a query gives, run against a build; nothing is written. */
import { TechstoreError } from '../../errors.js';
import type { AnalysisNode, ModelNode, SeedNode } from '../../manifest/nodes.js';
import { backendOf } from '../../run/node-run.js';
import { select } from '../../graph/index.js';
import { load } from '../load.js';
import { openBuild } from '../open-build.js';
import type { FormatOptions, ProjectOptions } from '../options.js';
import { printRows } from '../print-rows.js';
import { reporterOf } from '../reporter.js';

export interface ShowOptions extends ProjectOptions, FormatOptions {
  readonly select?: string;
  readonly inline?: string;
  readonly limit: number;
  readonly build?: string;
}

export async function show(options: ShowOptions): Promise<void> {
  if ((options.select === undefined) === (options.inline === undefined)) {
    throw new TechstoreError('usage', 'Give a model with --select, or SQL with --inline');
  }
  const reporter = await reporterOf(options);
  const project = load('show', options, reporter.logger);
  const { engine } = await openBuild(project.profile, options.build);
  try {
    const connection = await engine.connect();
    const backend = backendOf(connection);
    let sql: string;
    if (options.inline !== undefined) {
      sql = await project.compiler.renderText(options.inline, { file: '--inline' }, null, {
        backend,
      });
    } else {
      const node = chosen(options.select ?? '', project);
      sql =
        node.resourceType === 'seed'
          ? `select * from ${project.compiler.relationOf(node).toText()}`
          : (await project.compiler.compile(node, { backend })).sql;
    }
    const limited = `select * from (\n${sql}\n) as shown limit ${options.limit}`;
    await printRows(await connection.stream(limited), { ...options, limit: options.limit });
  } finally {
    await engine.close();
  }
}

function chosen(
  selection: string,
  project: ReturnType<typeof load>,
): ModelNode | SeedNode | AnalysisNode {
  const { ids } = select(project.graph, project.manifest, {
    select: [selection],
    resourceTypes: ['model', 'seed', 'analysis'],
  });
  const [id, ...more] = ids;
  const node = id === undefined ? undefined : project.manifest.nodes.get(id);
  if (more.length > 0) {
    throw new TechstoreError(
      'selection',
      `'${selection}' selects ${more.length + 1} nodes, and one can be shown`,
      {
        hint: `They are: ${[...ids]
          .map((i) => project.manifest.nodes.get(i)?.name ?? i)
          .sort()
          .slice(0, 10)
          .join(', ')}.`,
      },
    );
  }
  if (
    node?.resourceType === 'model' ||
    node?.resourceType === 'seed' ||
    node?.resourceType === 'analysis'
  )
    return node;
  throw new TechstoreError('selection', `There is no model, seed or analysis '${selection}'`, {
    hint: 'techstore ls --resource-type model lists the models.',
  });
}
