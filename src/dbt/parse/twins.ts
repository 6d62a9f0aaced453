/** The error of two resources that have one name. */
import { formatPlace, TechstoreError, type Place } from '../../errors.js';
import type { ResourceType } from '../../manifest/nodes.js';

export interface Named {
  readonly name: string;
  readonly place: Place;
}

/** What a kind of resource is called in a sentence. */
export const resourceWords: Readonly<Record<ResourceType, string>> = {
  model: 'model',
  seed: 'seed',
  test: 'data test',
  unit_test: 'unit test',
  analysis: 'analysis',
  operation: 'operation',
  source: 'source table',
  exposure: 'exposure',
};

export function pluralOf(type: ResourceType): string {
  return type === 'analysis' ? 'analyses' : `${resourceWords[type]}s`;
}

/** @param words what both are, such as `models` */
export function twins(words: string, first: Named, second: Named): TechstoreError {
  return new TechstoreError(
    'project',
    `Two ${words} have the name '${second.name}': in ${formatPlace(first.place)} and in ${formatPlace(second.place)}`,
    { place: second.place, hint: 'Rename one of them.' },
  );
}
