import { arithmetic, sign } from './arithmetic.js';
import type { Arguments, CompareNode, Expression, FilterNode, TestNode } from './ast.js';
import { compare, contains, equals, isTrue } from './compare.js';
import { Dict } from './dict.js';
import { Fault } from './errors.js';
import { applyFilter } from './filters.js';
import type { Frame } from './frame.js';
import { iterate } from './iterate.js';
import { getAttribute, getItem, getSlice } from './lookup.js';
import type { Runtime } from './runtime.js';
import { applyTest } from './tests.js';
import { toText } from './text.js';
import { typeName } from './type-name.js';
import { noKwargs, Tuple, type Kwargs, type Value } from './values.js';

/**
 * Evaluates an expression without calls. What an operation means is not written here
 * but in the functions that this and `evaluateWaiting` share.
 */
export function evaluate(node: Expression, frame: Frame, runtime: Runtime): Value {
  switch (node.kind) {
    case 'constant':
      return node.value;
    case 'name': {
      const value = runtime.resolve(node.name, frame);
      return value;
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
      return evaluateAll(node.items, frame, runtime);
    case 'tuple':
      return new Tuple(evaluateAll(node.items, frame, runtime));
    case 'dict': {
      const dict = new Dict();
      for (const [key, value] of node.pairs) {
        const k = evaluate(key, frame, runtime);
        const v = evaluate(value, frame, runtime);
        runtime.at = key.at;
        dict.set(k, v);
      }
      runtime.meter.list(node.pairs.length);
      return dict;
    }
    case 'call':
      throw new Error('A call was taken for an expression without calls');
  }
}

function evaluateAll(nodes: readonly Expression[], frame: Frame, runtime: Runtime): Value[] {
  runtime.meter.list(nodes.length);
  return nodes.map((node) => evaluate(node, frame, runtime));
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

export function evaluateFilter(
  node: FilterNode,
  value: Value,
  frame: Frame,
  runtime: Runtime,
): Value {
  const { args } = node;
  const positional = evaluatePositional(args, frame, runtime);
  const named = evaluateNamed(args, frame, runtime);
  runtime.at = node.at;
  return applyFilter(node.name, value, positional, named, runtime);
}

export function evaluateTest(
  node: TestNode,
  value: Value,
  frame: Frame,
  runtime: Runtime,
): boolean {
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
