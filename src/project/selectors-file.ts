/** selectors.yml: named selections, in the shape that YAML gives them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { formatPlace, type Place } from '../errors.js';
import { throwIssues } from './issues.js';
import { readText } from './read-text.js';
import { validate } from './validate.js';
import { parseYaml } from './yaml-document.js';

export interface SelectorEntry {
  readonly name: string;
  readonly description: string;
  /** Text when it is Jinja that the caller has to render. */
  readonly default: boolean | string;
  /** Text, or a map with `union`, `intersection`, `method`, …; `src/graph` reads it. */
  readonly definition: unknown;
  readonly place: Place;
}

const schema = z.strictObject({
  selectors: z
    .array(
      z.strictObject({
        name: z.string(),
        description: z.string().nullish(),
        default: z.union([z.boolean(), z.string()], { error: 'must be true or false' }).nullish(),
        definition: z.union([z.string(), z.record(z.string(), z.unknown())], {
          error: 'must be text or a map of keys, not a list',
        }),
      }),
    )
    .nullish(),
});

/**
 * The selectors of the project by name, in the order of the file; none where
 * there is no selectors.yml.
 * @throws TechstoreError 'yaml' or 'selection' with place on faults and on a name given twice.
 */
export function readSelectors(root: string): Map<string, SelectorEntry> {
  const file = 'selectors.yml';
  const path = join(root, file);
  const selectors = new Map<string, SelectorEntry>();
  if (!existsSync(path)) return selectors;
  const text = readText(path, file);
  const document = parseYaml(text, file);
  if (document.value === null) return selectors;
  const { value, issues } = validate(schema, document);
  for (const [index, entry] of (value?.selectors ?? []).entries()) {
    const place = document.placeOf(['selectors', index]);
    const first = selectors.get(entry.name);
    if (first !== undefined) {
      issues.push({
        message: `The selector '${entry.name}' appears twice, first in ${formatPlace(first.place)}`,
        place,
      });
    }
    selectors.set(entry.name, {
      name: entry.name,
      description: entry.description ?? '',
      default: entry.default ?? false,
      definition: entry.definition,
      place,
    });
  }
  throwIssues('selection', file, text, issues);
  return selectors;
}
