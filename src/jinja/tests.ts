import { arithmetic } from './arithmetic.js';
import { compare, contains, equals, isTrue, numberOf } from './compare.js';
import { Decimal } from './decimal.js';
import { Dict } from './dict.js';
import { Fault } from './errors.js';
import { builtinsOf, type Builtin } from './filter.js';
import { hasFilter } from './filters.js';
import { HostFunction, HostObject } from './host.js';
import { lengthOf } from './iterate.js';
import { MacroValue } from './macro-value.js';
import { mustWait } from './must-wait.js';
import type { Runtime } from './runtime.js';
import { bind } from './signature.js';
import { isLower, isUpper } from './string-tests.js';
import { didYouMean } from './suggest.js';
import { toText } from './text.js';
import { Undefined } from './undefined.js';
import { Float, Tuple, type Kwargs, type Value } from './values.js';

function isInt(value: Value): boolean {
  return typeof value === 'number' || typeof value === 'bigint';
}

function remainder(value: Value, by: Value, runtime: Runtime): Value {
  return arithmetic('%', value, by, runtime.meter);
}

function isSequence(value: Value): boolean {
  if (value instanceof Undefined) return value.mode !== 'strict';
  if (value instanceof HostObject) return value.getItem !== undefined && value.length !== undefined;
  return lengthOf(value) !== undefined;
}

function isMapping(value: Value): boolean {
  return value instanceof Dict || (value instanceof HostObject && value.isMapping?.() === true);
}

function isIterable(value: Value): boolean {
  if (value instanceof Undefined) return value.mode !== 'strict';
  if (value instanceof HostObject) return value.iterate !== undefined;
  return (
    typeof value === 'string' ||
    Array.isArray(value) ||
    value instanceof Dict ||
    value instanceof Tuple
  );
}

function isCallable(value: Value): boolean {
  if (value instanceof HostObject) return value.call !== undefined;
  return value instanceof MacroValue || value instanceof HostFunction;
}

function isSame(a: Value, b: Value): boolean {
  return a === b || (a instanceof Float && b instanceof Float && Object.is(a.value, b.value));
}

function order(test: (order: number) => boolean, operator: string) {
  return (value: Value, [other]: readonly (Value | undefined)[], { meter }: Runtime) =>
    test(compare(value, other as Value, operator, meter));
}

const tests = new Map<string, Builtin<boolean>>(
  builtinsOf<boolean>({
    defined: ['', (value) => !(value instanceof Undefined)],
    undefined: ['', (value) => value instanceof Undefined],
    none: ['', (value) => value === null],
    true: ['', (value) => value === true],
    false: ['', (value) => value === false],
    boolean: ['', (value) => typeof value === 'boolean'],
    integer: ['', isInt],
    float: ['', (value) => value instanceof Float],
    number: ['', (value) => numberOf(value) !== undefined || value instanceof Decimal],
    string: ['', (value) => typeof value === 'string'],
    mapping: ['', isMapping],
    sequence: ['', isSequence],
    iterable: ['', isIterable],
    callable: ['', isCallable],
    escaped: ['', () => false],
    sameas: ['other', (value, [other]) => isSame(value, other as Value)],
    odd: ['', (value, _args, runtime) => equals(remainder(value, 2, runtime), 1)],
    even: ['', (value, _args, runtime) => equals(remainder(value, 2, runtime), 0)],
    divisibleby: [
      'num',
      (value, [by], runtime) => equals(remainder(value, by as Value, runtime), 0),
    ],
    lower: ['', (value) => isLower(toText(value))],
    upper: ['', (value) => isUpper(toText(value))],
    in: ['seq', (value, [sequence], { meter }) => contains(sequence as Value, value, meter)],
    filter: ['', (value, _args, runtime) => typeof value === 'string' && hasFilter(value, runtime)],
    test: ['', (value, _args, runtime) => typeof value === 'string' && hasTest(value, runtime)],
    eq: ['other', (value, [other], { meter }) => equals(value, other as Value, meter)],
    ne: ['other', (value, [other], { meter }) => !equals(value, other as Value, meter)],
    lt: ['other', order((n) => n < 0, '<')],
    le: ['other', order((n) => n <= 0, '<=')],
    gt: ['other', order((n) => n > 0, '>')],
    ge: ['other', order((n) => n >= 0, '>=')],
  }),
);
for (const [alias, name] of [
  ['equalto', 'eq'],
  ['==', 'eq'],
  ['!=', 'ne'],
  ['lessthan', 'lt'],
  ['<', 'lt'],
  ['<=', 'le'],
  ['greaterthan', 'gt'],
  ['>', 'gt'],
  ['>=', 'ge'],
] as const) {
  const test = tests.get(name);
  if (test !== undefined) tests.set(alias, test);
}

function hasTest(name: string, runtime: Runtime): boolean {
  return tests.has(name) || runtime.options.tests?.has(name) === true;
}

/** `value is name(args)`. */
export function applyTest(
  name: string,
  value: Value,
  args: readonly Value[],
  kwargs: Kwargs,
  runtime: Runtime,
): boolean {
  runtime.meter.step();
  const own = runtime.options.tests?.get(name);
  if (own !== undefined) {
    const result = own.call([value, ...args], kwargs, runtime);
    if (mustWait(result)) throw new Fault(`The test '${name}' cannot wait for the database here`);
    return isTrue(result);
  }
  const test = tests.get(name);
  if (test === undefined) {
    throw new Fault(`No test named '${name}'`, didYouMean(name, tests.keys()));
  }
  const { signature, run } = test;
  const bound =
    signature === undefined ? args : bind(`the test '${name}'`, signature, args, kwargs);
  return run(value, bound, runtime, kwargs);
}
