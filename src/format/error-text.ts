/** An error as the user reads it: what, where, why, and what to do. */
import { formatCalls, formatPlace, TechstoreError } from '../errors.js';
import { redactor } from './redact.js';
import { wrapText } from './wrap.js';
import { visible, visibleLine } from './visible.js';

export interface ErrorTextOptions {
  /** Shows stacks and causes. */
  readonly debug: boolean;
  /** Texts that must not be shown, such as tokens. */
  readonly secrets?: readonly string[];
  /** Columns of the terminal; undefined where there is none: then nothing is broken into lines. */
  readonly width?: number | undefined;
}

/**
 * The text for stderr, without a line end. What comes from files and data is made
 * visible, so that no error can command the terminal.
 */
export function errorText(error: unknown, options: ErrorTextOptions): string {
  const lines =
    error instanceof TechstoreError
      ? knownError(error, options.debug)
      : unknownError(error, options.debug);
  const text = (of: readonly string[]): string =>
    visible(redactor(options.secrets ?? [])(of.join('\n')));
  const told = wrapText(text(lines), options.width).join('\n');
  return options.debug ? `${told}\n\n${text(stacks(error))}` : told;
}

function knownError(error: TechstoreError, debug: boolean): string[] {
  const lines = [`Error: ${error.message}`];
  if (error.place !== undefined) lines.push(`  in ${visibleLine(formatPlace(error.place))}`);
  if (error.excerpt !== undefined)
    lines.push(...error.excerpt.split('\n').map((line) => `  ${line}`));
  lines.push(...formatCalls(error.stackOfCalls).map((call) => `  ${call}`));
  if (error.hint !== undefined) lines.push(`What to do: ${error.hint}`);
  if (debug) lines.push(`Error code: ${error.code} (see docs/errors.md)`);
  return lines;
}

function unknownError(error: unknown, debug: boolean): string[] {
  const message = error instanceof Error ? error.message : String(error);
  // The system refused something: no defect, but nobody foresaw what to say about it.
  if (error instanceof Error && 'syscall' in error && 'path' in error) {
    return [`Error: ${message}`, 'What to do: Check what is at this path, and its permissions.'];
  }
  const advice = debug
    ? 'This is a defect of techstore.'
    : 'This is a defect of techstore. Run the command with --debug to see the stack.';
  return [`Error: ${message}`, advice];
}

function stacks(error: unknown): string[] {
  const lines: string[] = [];
  let at: unknown = error;
  for (let depth = 0; at instanceof Error && depth < 5; depth += 1) {
    lines.push(`${depth === 0 ? '' : 'caused by '}${at.stack ?? at.message}`);
    at = at.cause;
  }
  return lines;
}
