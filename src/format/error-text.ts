/** An error as the user reads it: what, where, why, and what to do. */
import { formatPlace, TechstoreError } from '../errors.js';
import { visible } from './visible.js';

export interface ErrorTextOptions {
  /** Shows stacks and causes. */
  readonly debug: boolean;
  /** Texts that must not be shown, such as tokens. */
  readonly secrets?: readonly string[];
}

export function errorText(error: unknown, options: ErrorTextOptions): string {
  const lines =
    error instanceof TechstoreError ? knownError(error) : unknownError(error, options.debug);
  if (options.debug) lines.push('', ...stacks(error));
  return redact(visible(lines.join('\n')), options.secrets ?? []);
}

function knownError(error: TechstoreError): string[] {
  const lines = [`Error: ${error.message}`];
  if (error.place !== undefined) lines.push(`  in ${formatPlace(error.place)}`);
  if (error.excerpt !== undefined)
    lines.push(...error.excerpt.split('\n').map((line) => `  ${line}`));
  for (const call of error.stackOfCalls) lines.push(`  called from ${call}`);
  if (error.hint !== undefined) lines.push(error.hint);
  return lines;
}

function unknownError(error: unknown, debug: boolean): string[] {
  const message = error instanceof Error ? error.message : String(error);
  const advice = debug
    ? 'This is a defect of techstore.'
    : 'This is a defect of techstore. Run the command with --debug to see where it is.';
  return [`Error: ${message}`, advice];
}

function stacks(error: unknown): string[] {
  const lines: string[] = [];
  let at: unknown = error;
  for (let depth = 0; at instanceof Error && depth < 5; depth += 1) {
    lines.push(depth === 0 ? (at.stack ?? at.message) : `caused by ${at.stack ?? at.message}`);
    at = at.cause;
  }
  return lines;
}

/** Replaces secrets, also where they were encoded for a URL. */
export function redact(text: string, secrets: readonly string[]): string {
  let safe = text;
  for (const secret of secrets) {
    if (secret === '') continue;
    safe = safe.replaceAll(secret, '***').replaceAll(encodeURIComponent(secret), '***');
  }
  return safe;
}
