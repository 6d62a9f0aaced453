/**
 * What real dbt picks for each selection of fixtures/project/selection-cases.json:
 * its answers were stored by fixtures/project/record_selections.py.
 */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Graph } from '../../src/graph/graph.js';
import { select, type SelectionOptions } from '../../src/graph/select.js';
import type { IndirectSelection } from '../../src/graph/selection-spec.js';
import { readSelectors } from '../../src/project/selectors-file.js';
import { fixture, manifestFromDbt } from './dbt-manifest.js';

const root = fileURLToPath(new URL('../../fixtures/project/selection-shop', import.meta.url));
const selectors = readSelectors(root);
const earlierJson: unknown = fixture('selection-manifest.json');
const earlier = manifestFromDbt(earlierJson, selectors);
const changed = manifestFromDbt(fixture('selection-changed-manifest.json'), selectors);
const results: unknown = fixture('selection-run-results.json');
const answers = fixture('selection-answers.json') as { args: string[]; ids: string[] }[];

/** What `dbt ls` lists unless told otherwise. */
const listed = ['model', 'snapshot', 'seed', 'test', 'source', 'exposure', 'unit_test'];

function optionsOf(args: readonly string[]): SelectionOptions {
  const given: Record<string, string[]> = {};
  let list: string[] = [];
  for (const arg of args) {
    if (arg.startsWith('--')) list = given[arg] ??= [];
    else list.push(arg);
  }
  return {
    select: given['--select'],
    exclude: given['--exclude'],
    selector: given['--selector']?.[0],
    resourceTypes: given['--resource-type'] ?? listed,
    excludeResourceTypes: given['--exclude-resource-type'],
    indirectSelection: given['--indirect-selection']?.[0] as IndirectSelection | undefined,
    state: { manifest: earlierJson },
    results,
  };
}

describe('selections pick what dbt picks', () => {
  it.each(answers.map(({ args, ids }) => ({ text: args.join(' '), args, ids })))(
    '$text',
    ({ args, ids }) => {
      const comparing = args.some((arg) => /(?:state|result):/.test(arg));
      const manifest = comparing ? changed : earlier;
      const selection = select(new Graph(manifest), manifest, optionsOf(args));
      expect([...selection.ids].sort()).toEqual(ids);
    },
  );
});
