/**
 * Expressions without calls are evaluated by plain functions and those with calls by generators
 * (src/jinja/run/evaluate.ts says why). Both must mean the same: value, error, place and limits.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TechstoreError } from '../../src/errors.js';
import {
  fromHost,
  HostFunction,
  parseTemplate,
  renderSync,
  Template,
  type Limits,
  type UndefinedMode,
  type Value,
} from '../../src/jinja/index.js';
import { fuzzRuns } from '../helpers/fuzz-runs.js';
import { statement } from './arbitraries.js';
import { corpusCases, prepareCase } from './corpus-cases.js';

const numRuns = fuzzRuns(2000);

/** A copy of a syntax tree in which each expression looks as if it held a call. */
function waiting(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(waiting);
  if (typeof node !== 'object' || node === null) return node;
  // Values of constants, and the templates of snapshots.
  if (Object.getPrototypeOf(node) !== Object.prototype) return node;
  const copy = Object.entries(node).map(([key, value]) => [
    key,
    key === 'waits' ? true : waiting(value),
  ]);
  return Object.fromEntries(copy);
}

function parse(source: string, file = 'models/a.sql'): Template {
  return parseTemplate(source, { file });
}

function parseWaiting(source: string, file?: string): Template {
  const template = parse(source, file);
  return new Template(
    template,
    waiting(template.body) as Template['body'],
    waiting(template.blocks) as Template['blocks'],
  );
}

/** The text, or all that a user is told of the error. */
function outcomeOf(run: () => string): string {
  try {
    return JSON.stringify({ text: run() });
  } catch (error) {
    if (!(error instanceof TechstoreError)) throw error;
    const { code, message, hint, place, excerpt, stackOfCalls } = error;
    return JSON.stringify({ code, message, hint, place, excerpt, stackOfCalls }, null, 1);
  }
}

/** Each limit, and in which steps and how often it is raised. */
const gradual: readonly (readonly [keyof Limits, step: number, most: number])[] = [
  ['steps', 1, 40],
  ['memory', 4, 60],
  ['listLength', 1, 12],
  ['textLength', 1, 40],
];

/** Compares both ways without limits, then with each limit raised until it no longer matters. */
function compareAll(direct: Render, generated: Render, source: string): void {
  const free = outcomeOf(() => direct());
  expect(
    outcomeOf(() => generated()),
    source,
  ).toBe(free);
  for (const [name, step, most] of gradual) {
    let outcome = '';
    for (let i = 0; i < most && outcome !== free; i += 1) {
      const limits = { [name]: i * step };
      outcome = outcomeOf(() => direct(limits));
      const other = outcomeOf(() => generated(limits));
      if (other !== outcome) expect(other, `${source} with ${name} ${i * step}`).toBe(outcome);
    }
  }
}

type Render = (limits?: Partial<Limits>) => string;

function renderOf(template: Template, mode: UndefinedMode): Render {
  return (limits = {}) =>
    renderSync(
      template,
      new Map<string, Value>([
        ['n', 3],
        ['text', 'some text'],
        ['list', fromHost([3, 1, 2])],
        ['dict', fromHost({ a: 1, b: { c: [4, 5] } })],
        ['call', new HostFunction('call', ([value]) => value ?? null)],
      ]),
      { undefined: mode, limits },
    );
}

function compareSource(source: string, mode: UndefinedMode = 'strict'): void {
  let direct: Template;
  try {
    direct = parse(source);
  } catch (error) {
    // Both are given the same tree; what is none is for other tests.
    expect(error, source).toBeInstanceOf(TechstoreError);
    return;
  }
  compareAll(renderOf(direct, mode), renderOf(parseWaiting(source), mode), source);
}

const leaf = fc.constantFrom(
  ...['1', '-2', '2.5', '0', "'a'", "'some text'", 'none', 'true', '[]', '{}', '()'],
  ...['n', 'text', 'list', 'dict', 'nobody', 'dict.b', 'dict.b.c', 'list[0]', 'call(list)'],
  ...['call(n)', '(1 / 0)', "('a' + 1)", 'nobody.a', 'call(nobody)'],
);
const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const part = tie('expression');
  const parts = fc.array(part, { maxLength: 4 });
  return {
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      parts.map((items) => `[${items.join(', ')}]`),
      parts.map((items) => `(${items.map((item) => `${item},`).join(' ')})`),
      parts.map((items) => `{${items.map((item, i) => `'k${i}': ${item}`).join(', ')}}`),
      fc.tuple(part, part).map(([key, value]) => `{${key}: ${value}}`),
      fc.tuple(part, fc.constantFrom('a', 'b', 'upper', 'items')).map(([e, a]) => `(${e}).${a}`),
      fc.tuple(part, part).map(([e, key]) => `(${e})[${key}]`),
      fc.tuple(part, part, part, part).map(([e, a, b, c]) => `(${e})[${a}:${b}:${c}]`),
      fc.tuple(part, fc.constantFrom('length', 'list', 'nothing')).map(([e, f]) => `(${e}) | ${f}`),
      fc.tuple(part, part, part).map(([e, a, b]) => `(${e}) | replace(${a}, new=${b})`),
      fc.tuple(part, parts).map(([e, args]) => `(${e}) | default(*[${args.join(', ')}])`),
      fc.tuple(part, part).map(([e, a]) => `(${e}) | join(**{'d': ${a}})`),
      fc
        .tuple(part, fc.constantFrom('defined', 'odd', 'nothing'))
        .map(([e, t]) => `(${e}) is ${t}`),
      fc.tuple(part, part).map(([e, a]) => `(${e}) is not in(${a})`),
      fc.tuple(fc.constantFrom('-', '+', 'not '), part).map(([sign, e]) => `${sign}(${e})`),
      fc
        .tuple(part, fc.constantFrom('+', '-', '*', '/', '//', '%', '**', 'and', 'or'), part)
        .map(([a, operator, b]) => `(${a}) ${operator} (${b})`),
      fc.array(part, { minLength: 2, maxLength: 4 }).map((items) => `(${items.join(') ~ (')})`),
      fc
        .tuple(part, fc.constantFrom('<', '==', 'in', 'not in'), part, part)
        .map(([a, operator, b, c]) => `(${a}) ${operator} (${b}) != (${c})`),
      fc.tuple(part, part).map(([a, b]) => `(${a}) if (${b})`),
      fc.tuple(part, part, part).map(([a, b, c]) => `(${a}) if (${b}) else (${c})`),
      fc.tuple(part, parts).map(([a, b]) => `call(${[a, ...b].join(', ')})`),
    ),
  };
});
const template = fc.oneof(
  expression.map((e) => `line\n  {{ ${e} }}`),
  fc.tuple(expression, expression).map(([a, b]) => `{% set a, b = ${a} %}{{ ${b} }}`),
  fc
    .tuple(expression, expression, expression)
    .map(([a, b, c]) => `{% for i in ${a} if ${b} %}{{ i }}{% else %}{{ ${c} }}{% endfor %}`),
  fc
    .tuple(expression, expression)
    .map(([a, b]) => `{% if ${a} %}yes{% elif ${b} %}perhaps{% else %}no{% endif %}`),
  fc
    .tuple(expression, expression)
    .map(([a, b]) => `{% with a = ${a}, b = ${b} %}{{ a }}{% endwith %}`),
  fc
    .tuple(expression, expression)
    .map(([a, b]) => `{% filter replace(${a}, *[${b}]) %}some text{% endfilter %}`),
  fc
    .tuple(expression, expression)
    .map(([a, b]) => `{% macro m(a=${a}) %}{{ ${b} }}{% endmacro %}{{ m() }}`),
);
const modes = fc.constantFrom<UndefinedMode>('strict', 'python', 'chainable', 'parsing');

describe('both evaluators of expressions agree', () => {
  for (const [file, cases] of corpusCases) {
    it(`in the corpus: ${file}`, () => {
      for (const testCase of cases) {
        let direct: Render;
        try {
          direct = prepareCase(testCase, parse);
        } catch (error) {
          expect(error, testCase.name).toBeInstanceOf(TechstoreError);
          continue;
        }
        compareAll(direct, prepareCase(testCase, parseWaiting), testCase.template);
      }
    });
  }

  it('in generated expressions of every kind', () => {
    fc.assert(fc.property(template, modes, compareSource), { numRuns });
  });

  it('in templates of all kinds', () => {
    fc.assert(fc.property(statement, modes, compareSource), { numRuns });
  });
});
