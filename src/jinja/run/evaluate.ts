import { applyFilter } from '../filters/filters.js';
import { applyTest } from '../filters/tests.js';
import type {
  Arguments,
  CompareNode,
  DictNode,
  Expression,
  FilterNode,
  SequenceNode,
  TestNode,
} from '../parse/ast.js';
import { arithmetic, sign } from '../values/arithmetic.js';
import { compare, contains, equals, isTrue } from '../values/compare.js';
import { Fault } from '../values/fault.js';
import { iterate } from '../values/iterate.js';
import { getAttribute, getItem, getSlice } from '../values/lookup.js';
import { toText } from '../values/text.js';
import { typeName } from '../values/type-name.js';
import { Dict, Tuple, noKwargs, type Kwargs, type Value } from '../values/value.js';
import type { Frame } from './frame.js';
import type { Runtime } from './runtime.js';

/**
 * Evaluates an expression without calls.
 *
 * There are two evaluators, for speed: this one, of plain functions, and that of
 * `evaluate-waiting.ts`, of generators, for expressions with calls. Most expressions hold
 * no call, and a generator for each part of them would cost more than the part itself.
 * Both have the same cases in the same order. They must give the same value, the same
 * error at the same place (`runtime.at`), and count the same against the limits:
 * test/jinja/both-evaluators.fuzz.test.ts runs the same expressions through both. So what an
 * operation means stands in functions that both call, and only the order in which the
 * parts are evaluated stands twice.
 */
export function evaluate(node: Expression, frame: Frame, runtime: Runtime): Value {
  switch (node.kind) {
    case 'constant':
      return node.value;
    case 'name': {
      return runtime.resolve(node.name, frame);
    }
    case 'attribute': {
      const object = evaluate(node.object, frame, runtime);
      runtime.at = node.at;
      return getAttribute(object, node.name, runtime);
    }
    case 'item': {
      const object = evaluate(node.object, frame, runtime);
      const key = evaluate(node.key, frame, runtime);
      runtime.at = node.at;
      return getItem(object, key, runtime);
    }
    case 'slice': {
      const object = evaluate(node.object, frame, runtime);
      const start = node.start && evaluate(node.start, frame, runtime);
      const stop = node.stop && evaluate(node.stop, frame, runtime);
      const step = node.step && evaluate(node.step, frame, runtime);
      runtime.at = node.at;
      return getSlice(object, start, stop, step, runtime);
    }
    case 'filter': {
      const value = node.value === undefined ? '' : evaluate(node.value, frame, runtime);
      return evaluateFilter(node, value, frame, runtime);
    }
    case 'test':
      return evaluateTest(node, evaluate(node.value, frame, runtime), frame, runtime);
    case 'unary': {
      const operand = evaluate(node.operand, frame, runtime);
      if (node.operator === 'not') return !isTrue(operand);
      runtime.at = node.at;
      return sign(node.operator, operand);
    }
    case 'arithmetic': {
      const left = evaluate(node.left, frame, runtime);
      const right = evaluate(node.right, frame, runtime);
      runtime.at = node.at;
      return arithmetic(node.operator, left, right, runtime.meter);
    }
    case 'and': {
      const left = evaluate(node.left, frame, runtime);
      return isTrue(left) ? evaluate(node.right, frame, runtime) : left;
    }
    case 'or': {
      const left = evaluate(node.left, frame, runtime);
      return isTrue(left) ? left : evaluate(node.right, frame, runtime);
    }
    case 'concat': {
      let text = '';
      for (const part of node.parts) {
        text = concat(text, evaluate(part, frame, runtime), part.at, runtime);
      }
      return text;
    }
    case 'compare':
      return evaluateComparison(node, frame, runtime);
    case 'conditional':
      if (isTrue(evaluate(node.test, frame, runtime))) return evaluate(node.then, frame, runtime);
      return node.otherwise === undefined
        ? withoutElse(node.at, runtime)
        : evaluate(node.otherwise, frame, runtime);
    case 'list':
      return evaluateAll(node, frame, runtime);
    case 'tuple':
      return new Tuple(evaluateAll(node, frame, runtime));
    case 'dict': {
      const dict = newDict(node, runtime);
      for (const [key, value] of node.pairs) {
        const k = evaluate(key, frame, runtime);
        const v = evaluate(value, frame, runtime);
        runtime.at = key.at;
        dict.set(k, v);
      }
      return dict;
    }
    case 'call':
      throw new Error('A call was taken for an expression without calls');
  }
}

function evaluateAll(node: SequenceNode, frame: Frame, runtime: Runtime): Value[] {
  countItems(node, runtime);
  return node.items.map((item) => evaluate(item, frame, runtime));
}

/** Counts the elements of a list or tuple that is about to be made. */
export function countItems(node: SequenceNode, runtime: Runtime): void {
  runtime.at = node.at;
  runtime.meter.list(node.items.length);
}

/** The dict of a literal, still empty; what it will hold is counted. */
export function newDict(node: DictNode, runtime: Runtime): Dict {
  runtime.at = node.at;
  runtime.meter.list(node.pairs.length);
  return new Dict();
}

function evaluateComparison(node: CompareNode, frame: Frame, runtime: Runtime): boolean {
  let left = evaluate(node.first, frame, runtime);
  for (const [operator, expression] of node.rest) {
    const right = evaluate(expression, frame, runtime);
    runtime.at = node.at;
    if (!comparison(operator, left, right, runtime)) return false;
    left = right;
  }
  return true;
}

/** One comparison of two values. */
export function comparison(
  operator: CompareNode['rest'][number][0],
  left: Value,
  right: Value,
  { meter }: Runtime,
): boolean {
  switch (operator) {
    case '==':
      return equals(left, right, meter);
    case '!=':
      return !equals(left, right, meter);
    case 'in':
      return contains(right, left, meter);
    case 'not in':
      return !contains(right, left, meter);
    case '<':
      return compare(left, right, operator, meter) < 0;
    case '<=':
      return compare(left, right, operator, meter) <= 0;
    case '>':
      return compare(left, right, operator, meter) > 0;
    case '>=':
      return compare(left, right, operator, meter) >= 0;
  }
}

/** `text ~ value`. */
export function concat(text: string, value: Value, at: number, runtime: Runtime): string {
  runtime.at = at;
  const added = toText(value);
  runtime.meter.joined(text.length, added.length);
  return text + added;
}

/** The value of `a if b` when b is false. */
export function withoutElse(at: number, runtime: Runtime): Value {
  runtime.at = at;
  // Printing it is no mistake: it is how one writes "only if".
  return runtime.emptyValue();
}

function evaluateFilter(node: FilterNode, value: Value, frame: Frame, runtime: Runtime): Value {
  const { args } = node;
  const positional = evaluatePositional(args, frame, runtime);
  const named = evaluateNamed(args, frame, runtime);
  runtime.at = node.at;
  return applyFilter(node.name, value, positional, named, runtime);
}

function evaluateTest(node: TestNode, value: Value, frame: Frame, runtime: Runtime): boolean {
  const positional = evaluatePositional(node.args, frame, runtime);
  const named = evaluateNamed(node.args, frame, runtime);
  runtime.at = node.at;
  return applyTest(node.name, value, positional, named, runtime);
}

export function evaluatePositional(args: Arguments, frame: Frame, runtime: Runtime): Value[] {
  const values: Value[] = [];
  for (const node of args.positional) values.push(evaluate(node, frame, runtime));
  if (args.spread !== undefined) {
    spread(values, evaluate(args.spread, frame, runtime), args.spread.at, runtime);
  }
  return values;
}

export function evaluateNamed(args: Arguments, frame: Frame, runtime: Runtime): Kwargs {
  if (args.named.length === 0 && args.spreadNamed === undefined) return noKwargs;
  const values = new Map<string, Value>();
  for (const [name, node] of args.named) values.set(name, evaluate(node, frame, runtime));
  if (args.spreadNamed !== undefined) {
    spreadNamed(values, evaluate(args.spreadNamed, frame, runtime), args.spreadNamed.at, runtime);
  }
  return values;
}

/** Adds the elements of `*values` to the arguments. */
export function spread(args: Value[], values: Value, at: number, runtime: Runtime): void {
  runtime.at = at;
  for (const value of iterate(values)) args.push(value);
  runtime.meter.list(args.length);
}

/** Adds the entries of `**values` to the named arguments. */
export function spreadNamed(
  args: Map<string, Value>,
  values: Value,
  at: number,
  runtime: Runtime,
): void {
  runtime.at = at;
  if (!(values instanceof Dict)) {
    throw new Fault(`argument after ** must be a mapping, not ${typeName(values)}`);
  }
  for (const [key, value] of values.entries()) {
    if (typeof key !== 'string') throw new Fault('keywords must be strings');
    if (args.has(key)) throw new Fault(`The argument '${key}' appears twice`);
    args.set(key, value);
  }
}
