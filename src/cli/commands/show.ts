/** `show`: rows that a model or a query gives, run against a build; nothing is written. */
import { TechstoreError } from '../../errors.js';
import type { AnalysisNode, ModelNode, SeedNode } from '../../manifest/nodes.js';
import { backendOf } from '../../run/node-run.js';
import { select } from '../../graph/index.js';
import { interrupting } from '../interrupt.js';
import { load } from '../load.js';
import { compilerOf } from '../compiler-of-build.js';
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

/** @param model the same as `--select` */
export async function show(model: string | undefined, options: ShowOptions): Promise<void> {
  const given = [model, options.select, options.inline].filter((one) => one !== undefined);
  if (given.length !== 1) {
    const message =
      given.length === 0 ? 'There is nothing to show' : 'Only one thing can be shown at a time';
    throw new TechstoreError('usage', message, {
      hint: 'Give a model (techstore show MODEL or --select MODEL), or SQL with --inline.',
    });
  }
  const reporter = await reporterOf(options);
  const project = load('show', options, reporter.logger);
  const opened = await openBuild(project.profile, options.build);
  const { engine } = opened;
  const compiler = compilerOf(project, opened);
  const end = interrupting(engine);
  try {
    const connection = await engine.connectReader(opened.schema);
    const backend = backendOf(connection);
    let sql: string;
    if (options.inline !== undefined) {
      sql = await compiler.renderText(options.inline, { file: '--inline' }, null, {
        backend,
      });
    } else {
      const node = chosen(model ?? options.select ?? '', project);
      sql =
        node.resourceType === 'seed'
          ? `select * from ${compiler.relationOf(node).toText()}`
          : (await compiler.compile(node, { backend })).sql;
    }
    const limited = `select * from (\n${sql}\n) as shown limit ${options.limit}`;
    await printRows(await connection.stream(limited), { ...options, limit: options.limit });
  } finally {
    end();
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
