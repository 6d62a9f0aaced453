/** Whatever a user writes behind --select, the answer is a selection or an error that says what is wrong. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TechstoreError } from '../../src/errors.js';
import { fnmatch, globMatch } from '../../src/graph/fnmatch.js';
import { Graph } from '../../src/graph/graph.js';
import { select } from '../../src/graph/select.js';
import { fuzzRuns } from '../helpers/fuzz-runs.js';
import { fixture, manifestFromDbt } from './dbt-manifest.js';

const numRuns = fuzzRuns(2000);

const manifest = manifestFromDbt(fixture('selection-manifest.json'), new Map());
const graph = new Graph(manifest);

const piece = fc.oneof(
  fc.constantFrom(
    ...['+', '@', ',', ' ', ':', '.', '*', '?', '[', ']', '!', '-', '\\', '/', '(', ')', '|', '^'],
    ...['$', '{', '}', '1', '99999999999999999999', '\0', '\n', '\u202e', 'é', '😀', '\ud800'],
    ...['__proto__', 'constructor', 'toString', 'daily-orders', 'my-area', 'run-daily', 'models'],
    ...['tag:', 'path:', 'file:', 'fqn:', 'source:', 'exposure:', 'unit_test:', 'package:'],
    ...['config.', 'config.meta.', 'config.__proto__:', 'test_name:', 'test_type:', 'group:'],
    ...['access:', 'resource_type:', 'version:', 'state:', 'result:', 'metric:', 'selector:'],
  ),
  fc.string({ maxLength: 4, unit: 'binary' }),
);
const text = fc.array(piece, { maxLength: 8 }).map((parts) => parts.join(''));

/** Runs it; only an error for people may come out, and only in a reasonable time. */
function survives(work: () => unknown, what: string): void {
  const start = performance.now();
  try {
    work();
  } catch (error) {
    expect(error, what).toBeInstanceOf(TechstoreError);
    expect((error as TechstoreError).message, what).not.toMatch(/defect/);
  }
  expect(performance.now() - start, what).toBeLessThan(5000);
}

describe('any selection is answered', () => {
  it('of the command line', () => {
    fc.assert(
      fc.property(text, text, (chosen, excluded) => {
        survives(
          () => select(graph, manifest, { select: [chosen], exclude: [excluded] }),
          `${chosen} without ${excluded}`,
        );
      }),
      { numRuns },
    );
  });

  it('of selectors.yml', () => {
    const definition = fc.oneof(
      text,
      fc.record({
        method: text,
        value: fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)),
      }),
      fc.dictionary(text, fc.oneof(text, fc.array(text, { maxLength: 2 })), { maxKeys: 2 }),
      fc.record({ union: fc.array(fc.oneof(text, fc.record({ tag: text })), { maxLength: 2 }) }),
    );
    fc.assert(
      fc.property(definition, (made) => {
        const selectors = new Map<string, unknown>([['it', { name: 'it', definition: made }]]);
        survives(
          () => select(graph, { ...manifest, selectors }, { selector: 'it' }),
          JSON.stringify(made),
        );
      }),
      { numRuns },
    );
  });

  it('of any pattern against any name', () => {
    fc.assert(
      fc.property(text, text, (name, pattern) => {
        survives(() => fnmatch(name, pattern), `${name} with ${pattern}`);
        survives(() => globMatch(name, pattern), `${name} with ${pattern}`);
        // A pattern in which every character stands for itself picks the name it was made of.
        const escaped = name.replace(/[*?[]/g, '[$&]');
        expect(fnmatch(name, escaped), escaped).toBe(true);
        expect(fnmatch(name, '*')).toBe(true);
      }),
      { numRuns },
    );
  });
});
