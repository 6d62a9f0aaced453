/** Whatever a template says, it is rendered or refused with an error for people, and soon. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TechstoreError } from '../../src/errors.js';
import {
  Decimal,
  fromHost,
  parseTemplate,
  renderSync,
  type UndefinedMode,
  type Value,
} from '../../src/jinja/index.js';
import { fuzzRuns } from '../helpers/fuzz-runs.js';
import { piece, rough, statement } from './arbitraries.js';

const numRuns = fuzzRuns(2000);

const globals = new Map<string, Value>([
  ['amount', Decimal.parse('5.50') ?? null],
  ['d', fromHost({ a: 1, constructor: 2 })],
  ['n', 3],
]);

/** Small limits make what has no end come to one soon; the ordinary ones are tested elsewhere. */
const limits = { steps: 200_000, textLength: 200_000, listLength: 50_000, memory: 4_000_000 };

function survives(template: string, mode: UndefinedMode): void {
  const start = performance.now();
  try {
    renderSync(parseTemplate(template, { file: 'models/a.sql' }), globals, {
      undefined: mode,
      limits,
    });
  } catch (error) {
    expect(error, template).toBeInstanceOf(TechstoreError);
    expect((error as TechstoreError).message, template).not.toMatch(/defect|undefined \(reading/);
    expect((error as TechstoreError).place?.file, template).toBe('models/a.sql');
  }
  expect(performance.now() - start, template).toBeLessThan(5000);
}

const modes = fc.constantFrom<UndefinedMode>('strict', 'python', 'chainable', 'parsing');

describe('any template is answered', () => {
  it('of whole statements', () => {
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 3 }), modes, (parts, mode) => {
        survives(parts.join(' '), mode);
      }),
      { numRuns },
    );
  });

  it('of pieces that need not fit', () => {
    fc.assert(fc.property(rough, modes, survives), { numRuns });
  });

  it('of statements with pieces cut out and put in', () => {
    fc.assert(
      fc.property(statement, piece, fc.nat(200), fc.nat(4), modes, (text, put, at, cut, mode) => {
        survives(text.slice(0, at) + put + text.slice(at + cut), mode);
      }),
      { numRuns },
    );
  });
});
