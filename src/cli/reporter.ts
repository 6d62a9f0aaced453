/** What a running command says: progress and warnings on stderr, the summary on stdout. */
import { formatPlace, type Place } from '../errors.js';
import type { Logger } from '../dbt/logger.js';
import type { Dialect } from '../engine/engine.js';
import { painter } from '../format/painter.js';
import { summaryText } from '../format/summary.js';
import { visible } from '../format/visible.js';
import type { GraphNode } from '../manifest/nodes.js';
import type { RunResult } from '../manifest/results.js';
import type { Limited } from '../builds/index.js';
import type { BuildOutcome } from '../run/build-request.js';
import type { NodeStates } from '../manifest/node-state.js';
import { plainProgress, quietProgress, type Progress } from './progress.js';
import { withoutSecrets, withoutSecretsIn } from './secrets.js';
import { terminalOf } from './terminal.js';

export interface ReporterOptions {
  readonly quiet?: boolean;
  readonly color?: boolean;
  readonly debug?: boolean;
  readonly json?: boolean;
}

export interface ReporterWarning {
  readonly message: string;
  readonly place?: Place | undefined;
  readonly hint?: string | undefined;
}

/** What a summary tells of the project. */
export interface SummaryProject {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly targetName: string;
  /** The published file as the profile writes it. */
  readonly publishedName: string;
  /** For the query that shows failing rows; missing where nothing can have failed. */
  readonly dialect?: Dialect;
}

export type RunSummary = Pick<
  RunResult,
  'command' | 'asOf' | 'startedAt' | 'completedAt' | 'results'
>;

export interface Reporter {
  readonly logger: Logger;
  readonly listener: Progress;
  warning(warning: ReporterWarning): void;
  end(): void;
  summary(result: RunSummary, outcome: BuildOutcome, project: SummaryProject): void;
}

export async function reporterOf(options: ReporterOptions): Promise<Reporter> {
  const terminal = terminalOf(process.stderr, options);
  const shown =
    options.quiet === true
      ? quietProgress()
      : terminal.live
        ? (await import('./progress-live.js')).liveProgress(process.stderr, terminal)
        : plainProgress(process.stderr, terminal);
  const told = new Set<string>();
  // Templates may log what they please.
  const listener: Progress = {
    ...shown,
    note: (text) => shown.note(withoutSecretsIn(text)),
    warn: (text) => {
      if (told.has(text)) return;
      if (options.quiet !== true) told.add(text);
      shown.warn(withoutSecretsIn(text));
    },
  };
  return {
    listener,
    logger: {
      info: (text) => listener.note(text),
      warn: (text) => listener.warn(text),
      debug: (text) => {
        if (options.debug === true) listener.note(text);
      },
    },
    warning: ({ message, place, hint }) => {
      const where = place === undefined ? '' : `${formatPlace(place)}: `;
      listener.warn(`${where}${message}${hint === undefined ? '' : `. ${hint}`}`);
    },
    end: () => listener.end(),
    summary: (result, outcome, project) => {
      if (options.json === true) {
        const summary = withoutSecrets(summaryJson(result, outcome, project));
        process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
        return;
      }
      if (options.quiet === true && outcome.ok) return;
      const terminal = terminalOf(process.stdout, options);
      const isKept = outcome.publishedId === null && outcome.keptId !== null;
      const kept = outcome.ok ? 'working' : 'failed';
      const text = summaryText({
        result,
        manifest: project,
        rows: rowsOf(outcome.states),
        previousRows:
          outcome.previousId === null || outcome.upToDate ? null : rowsOf(outcome.previousStates),
        rejected: outcome.rejected,
        // What was told when it came up is not told again.
        warnings: outcome.warnings.filter((warning) => !told.has(warning)),
        outcome: outcomeLine(result, outcome, project),
        ok: outcome.ok,
        brief: options.quiet === true,
        ...(project.dialect === undefined ? {} : { allRowsOf: project.dialect.allRowsOf }),
        query: isKept ? `techstore query --build ${kept}` : 'techstore query',
        paint: painter(terminal.color),
        width: terminal.width,
        build: isKept ? kept : undefined,
      });
      process.stdout.write(`${withoutSecretsIn(text)}\n`);
    },
  };
}

function rowsOf(states: NodeStates): Map<string, number | null> {
  return new Map(
    Object.entries(states)
      .filter(([, state]) => state.relation !== null)
      .map(([id, state]) => [id, state.rows]),
  );
}

const lacking = {
  empty: '--empty makes tables without the rows of their inputs',
  sample: '--sample makes tables with a part of their rows',
} as const satisfies Record<Limited, string>;

function outcomeLine(result: RunSummary, outcome: BuildOutcome, project: SummaryProject): string {
  const file = project.publishedName;
  const asOf = result.asOf === null ? '' : `, as of ${result.asOf}`;
  if (outcome.upToDate && result.results.length === 0)
    return 'Nothing to do: this command runs none of the selected nodes';
  if (outcome.upToDate && outcome.previousId === null) return 'Nothing is published';
  if (outcome.upToDate)
    return `Nothing changed: ${file} stays at build ${outcome.previousId}${asOf}`;
  if (outcome.publishedId !== null)
    return `Published build ${outcome.publishedId} to ${visible(file)}${asOf}`;
  if (!outcome.ok) {
    const stays = outcome.previousId === null ? 'nothing is published' : `${file} stays as it was`;
    return `Not published: ${stays}. The failed build is kept: techstore query --build failed`;
  }
  if (outcome.limited !== undefined && outcome.keptId !== null)
    return `Not published: ${lacking[outcome.limited]}. Kept as build ${outcome.keptId}${asOf}`;
  if (result.command === 'seed' && outcome.keptId === null) return `Loaded into ${visible(file)}`;
  if (outcome.keptId === null) return `Tested ${file}${asOf}`;
  const kept = `Kept as working build ${outcome.keptId}${asOf}`;
  const { missing = null } = outcome;
  if (missing !== null) return `Not published: ${missing.what}. Run: ${missing.command}. ${kept}`;
  return result.command === 'test'
    ? `Not published: --no-publish. ${kept}`
    : `Not published yet: techstore test publishes it when everything is built and passes. ${kept}`;
}

function summaryJson(result: RunSummary, outcome: BuildOutcome, project: SummaryProject): object {
  return {
    command: result.command,
    ok: outcome.ok,
    as_of: result.asOf,
    target: project.targetName,
    published_build: outcome.publishedId,
    kept_build: outcome.keptId,
    up_to_date: outcome.upToDate,
    elapsed_seconds: (result.completedAt.getTime() - result.startedAt.getTime()) / 1000,
    warnings: outcome.warnings,
    rejected_rows: outcome.rejected.map(([source_table, reason, rows]) => ({
      source_table,
      reason,
      rows,
    })),
    results: result.results.map((r) => ({
      unique_id: r.uniqueId,
      status: r.status,
      message: r.message,
      rows: r.rows,
      failures: r.failures,
      failures_relation: r.failuresRelation,
      carried_over: r.carriedOver,
      execution_time: r.executionTime,
    })),
  };
}
