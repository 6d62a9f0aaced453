/** Tells of configurations that have no effect: each once, where it is written. */
import { formatPlace, type Place } from '../../errors.js';
import { configEffect, configKeys, type ConfigKind, lookUp } from '../../project/index.js';
import { didYouMean } from '../../ground/did-you-mean.js';
import type { Warning } from './warning.js';

interface Use {
  readonly key: string;
  readonly place: Place;
  /** Where it has an effect on one resource at least, nothing is said. */
  effective: boolean;
  readonly known: boolean;
}

export class ConfigUses {
  readonly #uses = new Map<string, Use>();
  readonly #adapter: string;

  constructor(adapter: string) {
    this.#adapter = adapter;
  }

  add(key: string, value: unknown, place: Place, kind: ConfigKind, materialized: string): void {
    const effect = configEffect(key, value, { kind, materialized, adapter: this.#adapter });
    const id = `${key}\0${formatPlace(place)}`;
    const use = this.#uses.get(id) ?? { key, place, effective: false, known: effect !== 'unknown' };
    // What stops a node is told when it is to run.
    use.effective ||= effect === 'used' || effect === 'stops';
    this.#uses.set(id, use);
  }

  /** @param isRead whether a text of the project names a key that dbt does not know */
  warnings(isRead: (key: string) => boolean): Warning[] {
    return [...this.#uses.values()]
      .filter(({ effective, known, key }) => !effective && (known || !isRead(key)))
      .map(({ key, place }) => ({
        message: `The config '${key}' has no effect`,
        place,
        hint:
          lookUp(configKeys, key)?.otherwise ??
          didYouMean(key, Object.keys(configKeys)) ??
          "dbt has no config of that name, and nothing in the project reads it. Put custom values under 'meta'.",
      }));
  }
}

/**
 * Whether SQL of the project reads a configuration by its name: in quotes, as config.get has it, or
 * as an attribute. A call that sets it by keyword does not count.
 */
export function readsConfig(texts: Iterable<string>): (key: string) => boolean {
  const all = [...texts].join('\n');
  return (key) => [`'${key}'`, `"${key}"`, `config.${key}`].some((text) => all.includes(text));
}
