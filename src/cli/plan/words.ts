/** Reasons, counts and names in words. */
import type { GraphNode } from '../../manifest/nodes.js';
import type { Reason, ReasonKind } from '../../plan/reasons.js';

const words: Readonly<Record<ReasonKind, string>> = {
  new: 'new',
  sql: 'SQL changed',
  config: 'configuration changed',
  macro: 'macro changed',
  variable: 'variable changed',
  environment: 'environment variable changed',
  date: 'the date of the run changed',
  data: 'source data changed',
  upstream: 'upstream changed',
  failed: 'failed before',
  asks: 'its SQL asks the database',
  'full-refresh': 'full refresh',
  program: 'another version of techstore built it',
  'warn-error': 'its warning counts as an error now',
  changed: 'changed',
};

/** @param nameOf by unique id */
export function reasonText({ kind, names }: Reason, nameOf: (id: string) => string): string {
  if (names.length === 0) return words[kind];
  const shown = names.slice(0, 4).map(nameOf);
  const more = names.length > 4 ? ` and ${names.length - 4} more` : '';
  return `${words[kind]}: ${shown.join(', ')}${more}`;
}

const plurals: readonly (readonly [GraphNode['resourceType'], string])[] = [
  ['source', 'source'],
  ['seed', 'seed'],
  ['model', 'model'],
  ['test', 'data test'],
  ['unit_test', 'unit test'],
];

/** `2 models, 1 data test`; `nothing` where there is none. */
export function counted(nodes: readonly Pick<GraphNode, 'resourceType'>[]): string {
  const parts = plurals.flatMap(([type, word]) => {
    const count = nodes.filter(({ resourceType }) => resourceType === type).length;
    return count === 0 ? [] : [plural(count, word)];
  });
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
