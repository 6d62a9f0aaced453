import { arithmetic } from '../values/arithmetic.js';
import { compare, contains, equals, isTrue, numberOf } from '../values/compare.js';
import { Decimal } from '../values/decimal.js';
import { Fault } from '../values/fault.js';
import { lengthOf } from '../values/iterate.js';
import { MacroValue } from '../values/macro-value.js';
import { isLower, isUpper } from '../values/methods/string-tests.js';
import { mustWait } from '../values/must-wait.js';
import { toText } from '../values/text.js';
import { Undefined } from '../values/undefined.js';
import {
  Dict,
  Float,
  HostFunction,
  HostObject,
  Tuple,
  type Kwargs,
  type Value,
} from '../values/value.js';
import { Builtins, builtinsOf } from './builtin.js';
import type { FilterContext } from './context.js';
import { hasFilter } from './filters.js';

function isInt(value: Value): boolean {
  return typeof value === 'number' || typeof value === 'bigint';
}

function remainder(value: Value, by: Value, context: FilterContext): Value {
  return arithmetic('%', value, by, context.meter);
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
  return (value: Value, [other]: readonly (Value | undefined)[], { meter }: FilterContext) =>
    test(compare(value, other as Value, operator, meter));
}

const tests = new Builtins<boolean>(
  'test',
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
    odd: ['', (value, _args, context) => equals(remainder(value, 2, context), 1)],
    even: ['', (value, _args, context) => equals(remainder(value, 2, context), 0)],
    divisibleby: [
      'num',
      (value, [by], context) => equals(remainder(value, by as Value, context), 0),
    ],
    lower: ['', (value) => isLower(toText(value))],
    upper: ['', (value) => isUpper(toText(value))],
    in: ['seq', (value, [sequence], { meter }) => contains(sequence as Value, value, meter)],
    filter: ['', (value, _args, context) => typeof value === 'string' && hasFilter(value, context)],
    test: ['', (value, _args, context) => typeof value === 'string' && hasTest(value, context)],
    eq: ['other', (value, [other], { meter }) => equals(value, other as Value, meter)],
    ne: ['other', (value, [other], { meter }) => !equals(value, other as Value, meter)],
    lt: ['other', order((n) => n < 0, '<')],
    le: ['other', order((n) => n <= 0, '<=')],
    gt: ['other', order((n) => n > 0, '>')],
    ge: ['other', order((n) => n >= 0, '>=')],
  }),
  [
    ['equalto', 'eq'],
    ['==', 'eq'],
    ['!=', 'ne'],
    ['lessthan', 'lt'],
    ['<', 'lt'],
    ['<=', 'le'],
    ['greaterthan', 'gt'],
    ['>', 'gt'],
    ['>=', 'ge'],
  ],
);

function hasTest(name: string, context: FilterContext): boolean {
  return tests.has(name) || context.options.tests?.has(name) === true;
}

/** `value is name(args)`. */
export function applyTest(
  name: string,
  value: Value,
  args: readonly Value[],
  kwargs: Kwargs,
  context: FilterContext,
): boolean {
  context.meter.step();
  const own = context.options.tests?.get(name);
  if (own !== undefined) {
    const result = own.call([value, ...args], kwargs, context);
    if (mustWait(result)) throw new Fault(`The test '${name}' cannot wait for the database here`);
    return isTrue(result);
  }
  return tests.apply(name, value, args, kwargs, context);
}
