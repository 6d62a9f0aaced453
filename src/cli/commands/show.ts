/** `show`: rows that a model or a query gives, run against a build; nothing is written. */
import { openBuild } from '../../builds/index.js';
import type { Backend } from '../../dbt/backend.js';
import type { Compiler } from '../../dbt/compile.js';
import { DatabaseError } from '../../engine/database-error.js';
import { TechstoreError } from '../../errors.js';
import type { AnalysisNode, ModelNode, SeedNode } from '../../manifest/nodes.js';
import { backendOf } from '../../run/node-run.js';
import { withPlace } from '../../dbt/sql-place.js';
import { select } from '../../graph/index.js';
import { interrupting } from '../interrupt.js';
import { load, type LoadedProject } from '../load.js';
import { nearestNode } from '../nearest-node.js';
import type { FormatOptions, ProjectOptions } from '../options.js';
import { printRows } from '../print-rows.js';
import { reporterOf } from '../reporter.js';
import { withoutSecretsIn } from '../secrets.js';
import { tellOnStderr } from '../store-options.js';
import { writeCompiled } from '../write-compiled.js';

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
      given.length === 0
        ? 'No model or query was named'
        : 'Only one model or query can be shown at a time';
    throw new TechstoreError('usage', message, {
      hint: 'Name a model (techstore show MODEL or --select MODEL), or pass SQL with --inline.',
    });
  }
  const reporter = await reporterOf(options);
  const project = load('show', options, reporter.logger);
  // A name that is none is told before a build is looked for.
  const selection = model ?? options.select;
  const node = selection === undefined ? null : chosen(selection, project);
  const opened = await openBuild(project.profile, options.build, tellOnStderr);
  const { engine } = opened;
  const compiler = project.compiler.withManifest(opened.placed(project.manifest));
  const end = interrupting(engine);
  try {
    const connection = await engine.connectReader(opened.schema);
    const backend = backendOf(connection);
    const { sql, placed } = await question(node, options.inline ?? '', {
      project,
      compiler,
      backend,
    });
    const limited = `select * from (\n${sql}\n) as shown limit ${options.limit}`;
    try {
      await printRows(await connection.stream(limited), { ...options, limit: options.limit });
    } catch (error) {
      throw await placed(error);
    }
  } finally {
    end();
    await opened.close();
  }
}

interface Question {
  readonly sql: string;
  /** The error with its place in the file, beside the compiled SQL, which is kept for that. */
  readonly placed: (error: unknown) => Promise<unknown>;
}

async function question(
  node: Shown | null,
  inline: string,
  { project, compiler, backend }: { project: LoadedProject; compiler: Compiler; backend: Backend },
): Promise<Question> {
  if (node === null) {
    const place = { file: '--inline' };
    const origin = await compiler.renderPlaced(inline, place, null, { backend });
    const owner = { originalFilePath: place.file, place };
    const sql = origin.text;
    return {
      sql,
      placed: (error) => Promise.resolve(withPlace(error, owner, { sql, origin }, 1)),
    };
  }
  if (node.resourceType === 'seed') {
    return {
      sql: `select * from ${compiler.relationOf(node).toText()}`,
      placed: (error) => Promise.resolve(error),
    };
  }
  const compiled = await compiler.compile(node, { backend });
  return {
    sql: compiled.sql,
    placed: async (error) => {
      if (!(error instanceof DatabaseError)) return error;
      const file = await writeCompiled(node, withoutSecretsIn(compiled.sql), project);
      return withPlace(error, node, { ...compiled, file }, 1);
    },
  };
}

type Shown = ModelNode | SeedNode | AnalysisNode;

function chosen(selection: string, project: LoadedProject): Shown {
  const { ids } = select(project.graph, project.manifest, {
    select: [selection],
    resourceTypes: ['model', 'seed', 'analysis'],
  });
  const [id, ...more] = ids;
  const node = id === undefined ? undefined : project.manifest.nodes.get(id);
  if (more.length > 0) {
    throw new TechstoreError(
      'selection',
      `'${selection}' selects ${more.length + 1} nodes, but only one can be shown`,
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
  throw new TechstoreError('selection', `No model, seed or analysis is named '${selection}'`, {
    hint: `${nearestNode(selection, project)}techstore ls --resource-type model lists the models.`,
  });
}
