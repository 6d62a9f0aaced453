import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TechstoreError } from '../../src/errors.js';
import {
  Float,
  fromHost,
  parseJson,
  parseTemplate,
  renderSync,
  repr,
  toJson,
} from '../../src/jinja/index.js';
import { fuzzRuns } from '../helpers/fuzz-runs.js';
import { renderText } from './support.js';

/** Python's slice by its definition: the indexes start, start + step, … that lie before stop. */
function slowSlice<T>(
  items: readonly T[],
  start: number | null,
  stop: number | null,
  step: number,
): T[] {
  const n = items.length;
  const taken: T[] = [];
  const bound = (i: number): number => (i < 0 ? i + n : i);
  const from = start === null ? (step > 0 ? 0 : n - 1) : bound(start);
  const to = stop === null ? (step > 0 ? n : -1) : bound(stop);
  const clamped = step > 0 ? Math.max(from, 0) : Math.min(from, n - 1);
  // An index below the start is "before the first", not "from the end" once more.
  const end = step > 0 ? to : Math.max(to, -1);
  for (let i = clamped; step > 0 ? i < end && i < n : i > end && i >= 0; i += step) {
    taken.push(items[i] as T);
  }
  return taken;
}

const index = fc.option(fc.integer({ min: -8, max: 8 }), { nil: null });
const step = fc.integer({ min: -4, max: 4 }).filter((n) => n !== 0);
const source = (n: number | null): string => (n === null ? '' : String(n));

describe('for any input', () => {
  it('slices are as Python defines them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(9), { maxLength: 6 }),
        index,
        index,
        step,
        (list, from, to, by) => {
          const brackets = `[${source(from)}:${source(to)}:${by}]`;
          const expected = slowSlice(list, from, to, by);
          expect(renderText(`{{ l${brackets} | join }}`, { l: fromHost(list) })).toBe(
            expected.join(''),
          );
          expect(renderText(`{{ t${brackets} }}`, { t: list.join('') })).toBe(expected.join(''));
          expect(renderText(`{{ range(${list.length})${brackets} | list | length }}`)).toBe(
            String(expected.length),
          );
        },
      ),
      { numRuns: fuzzRuns(2000) },
    );
  });

  it('the parser knows no error but its own', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '{{',
        '}}',
        '{%',
        '%}',
        '{#',
        '#}',
        '-',
        '+',
        ' ',
        '\n',
        "'",
        '"',
        '\\',
        '(',
        ')',
        '[',
        ']',
        '{',
        '}',
        ',',
        '.',
        '|',
        '~',
        '**',
        '==',
        'if',
        'for',
        'in',
        'set',
        'endif',
        'endfor',
        'macro',
        'endmacro',
        'raw',
        'endraw',
        'docs',
        'enddocs',
        'call',
        'is',
        'not',
        'and',
        'x',
        'y()',
        '1',
        '1.5',
        ':',
        '=',
        'else',
        'do',
        'with',
        'import',
        'recursive',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        try {
          renderSync(
            parseTemplate(pieces.join(''), { file: 'f' }),
            {},
            { limits: { steps: 10_000 } },
          );
        } catch (error) {
          expect(error).toBeInstanceOf(TechstoreError);
          expect((error as TechstoreError).place?.line).toBeGreaterThan(0);
        }
      }),
      { numRuns: fuzzRuns(3000) },
    );
  });

  it('texts without tags come out as they are', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((s) => !/\{[{%#]|[\r\n]/.test(s)),
        (text) => {
          expect(renderText(text)).toBe(text);
        },
      ),
    );
  });

  it('the repr of a text reads as that text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).filter((s) => !s.includes('\r')),
        (text) => {
          expect(renderText(`{{ ${repr(text)} }}`)).toBe(text);
        },
      ),
    );
  });

  it('the text of a float reads as that float', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (n) => {
        const text = repr(new Float(n));
        expect(Number(text)).toBe(n);
        expect(text).toMatch(/[.e]/);
      }),
    );
  });

  it('integers add, multiply and divide exactly', () => {
    const int = fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n });
    fc.assert(
      fc.property(
        int,
        int.filter((n) => n !== 0n),
        (a, b) => {
          const remainder = ((a % b) + b) % b;
          const globals = { a: fromHost(a), b: fromHost(b) };
          expect(
            renderText('{{ a + b }} {{ a - b }} {{ a * b }} {{ a // b }} {{ a % b }}', globals),
          ).toBe([a + b, a - b, a * b, (a - remainder) / b, remainder].join(' '));
        },
      ),
    );
    const small = fc.integer({ min: -50, max: 50 });
    fc.assert(
      fc.property(
        small,
        small.filter((n) => n !== 0),
        (a, b) => {
          expect(renderText('{{ (a // b) * b + a % b }}', { a, b })).toBe(String(a));
        },
      ),
    );
  });

  it('JSON is read and written without a loss', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (data) => {
        expect(JSON.parse(toJson(fromHost(data)))).toEqual(JSON.parse(JSON.stringify(data)));
        expect(toJson(parseJson(JSON.stringify(data)))).toBe(
          toJson(parseJson(toJson(parseJson(JSON.stringify(data))))),
        );
      }),
    );
  });
});
