/** What a summary is made of, and the names and numbers that all of its parts write alike. */
import type { GraphNode, Manifest } from '../../manifest/nodes.js';
import type { NodeResult, RunResult } from '../../manifest/results.js';
import type { Painter } from '../painter.js';
import { visibleLine } from '../visible.js';

export interface SummaryInput {
  readonly result: Pick<RunResult, 'results' | 'startedAt' | 'completedAt'>;
  readonly manifest: Pick<Manifest, 'nodes'>;
  /** Rows of each table there is now, by unique id; of source files too. */
  readonly rows: ReadonlyMap<string, number | null>;
  /** Rows in the build before, by unique id; null when there was none. */
  readonly previousRows: ReadonlyMap<string, number | null> | null;
  readonly rejected: readonly (readonly [table: string, reason: string, rows: number])[];
  readonly warnings: readonly string[];
  /** The last line: what became of the build. */
  readonly outcome: string;
  readonly ok: boolean;
  /** How the failing rows are reached: `techstore query --build failed`. */
  readonly query: string;
  /** How the engine writes a query of all rows of a relation. Default: as every engine knows it. */
  readonly allRowsOf?: (relation: string) => string;
  readonly paint: Painter;
  /** True for failures, counts and the outcome alone. Default: false. */
  readonly brief?: boolean;
  /** Columns of the terminal; undefined where the text goes to a file or another program. */
  readonly width?: number | undefined;
  /** The build as commands name it, to see more of it: `failed`. Default: the published one. */
  readonly build?: string | undefined;
}

/** Names of skipped models, and of failures that are not told in full. */
export const shownNames = 12;
/** Of a text that goes to a file or another program, where that is any width. */
const defaultWidth = 80;

export const number = (value: number): string => value.toLocaleString('en-US');
/** `1 row`, `2 rows`. */
export const counted = (count: number, word: string): string =>
  `${number(count)} ${word}${count === 1 ? '' : 's'}`;

export const widthOf = (input: SummaryInput): number => input.width ?? defaultWidth;

/** The command that shows the nodes of this build that came out so. */
export function showBuild(input: SummaryInput, filter: '--failed' | '--warnings'): string {
  const name = input.build === undefined ? '' : ` ${input.build}`;
  return `techstore builds show${name} ${filter}`;
}

export function nodeOf(input: SummaryInput, result: NodeResult): GraphNode | undefined {
  return input.manifest.nodes.get(result.uniqueId);
}

export function nameOf(input: SummaryInput, result: NodeResult): string {
  return visibleLine(nodeOf(input, result)?.name ?? result.uniqueId);
}
