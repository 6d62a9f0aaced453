/** What values of dbt's flags mean. */
import { parse } from 'yaml';
import { TechstoreError } from '../../errors.js';
import type { FlagEffect } from './table.js';

interface ValueEffect {
  /** Options of the command, by attribute. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The end of a sentence that begins with the flag: what of the value has no effect. */
  readonly note: string | null;
  /** True if every line is to be an event of dbt's JSON log. */
  readonly jsonLog?: boolean;
}

type Of = Extract<FlagEffect, { kind: 'value' }>['of'];

/** @throws TechstoreError `usage` for a value that dbt does not take either */
export function valueEffect(of: Of, value: string): ValueEffect {
  switch (of) {
    case 'warn-error-options':
      return warnErrorOptions(value);
    case 'log-level':
      return logLevel(value);
    case 'log-format':
      return logFormat(value);
    case 'output':
      return output(value);
  }
}

/** `{error: all}`, or `include` and `exclude` as older versions of dbt write them. */
function warnErrorOptions(text: string): ValueEffect {
  let given: unknown;
  try {
    given = parse(text);
  } catch {
    given = null;
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw refused('--warn-error-options', text, "a YAML map, such as '{error: all}'");
  const map = given as Record<string, unknown>;
  const error = map['error'] ?? map['include'];
  const all = error === 'all' || error === '*' || (Array.isArray(error) && error.includes('all'));
  const named = Object.entries(map)
    .filter(([key, names]) => {
      const isAll = all && (key === 'error' || key === 'include');
      return !isAll && !(Array.isArray(names) && names.length === 0);
    })
    .map(([key]) => `'${key}'`);
  return {
    options: all ? { warnError: true } : {},
    note:
      named.length === 0
        ? null
        : `takes only {error: all}: ${named.join(', ')} ${named.length === 1 ? 'has' : 'have'} no effect, because names of dbt's events are not known here.`,
  };
}

function logLevel(level: string): ValueEffect {
  if (level === 'debug') return { options: {}, note: 'debug prints what info prints.' };
  if (level === 'info') return { options: {}, note: null };
  if (level === 'warn' || level === 'error' || level === 'none')
    return { options: { quiet: true }, note: null };
  throw refused('--log-level', level, 'debug, info, warn, error or none');
}

function logFormat(format: string): ValueEffect {
  if (format === 'text' || format === 'default') return { options: {}, note: null };
  if (format === 'debug') return { options: {}, note: 'debug prints what text prints.' };
  if (format === 'json') return { options: { color: false }, note: null, jsonLog: true };
  throw refused('--log-format', format, 'text, debug, json or default');
}

function output(format: string): ValueEffect {
  if (format === 'json') return { options: { format: 'json' }, note: null };
  if (format === 'text') return { options: { format: 'table' }, note: null };
  throw refused('--output', format, 'json or text');
}

function refused(flag: string, value: string, what: string): TechstoreError {
  return new TechstoreError('usage', `${flag} cannot be '${value}'`, {
    hint: `It must be ${what}.`,
  });
}
