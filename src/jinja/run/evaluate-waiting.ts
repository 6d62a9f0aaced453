import { applyFilter } from '../filters/filters.js';
import { applyTest } from '../filters/tests.js';
import type { Arguments, CallNode, CompareNode, Expression, SequenceNode } from '../parse/ast.js';
import { arithmetic, sign } from '../values/arithmetic.js';
import { isTrue } from '../values/compare.js';
import { getAttribute, getItem, getSlice } from '../values/lookup.js';
import { mustWait, settle } from '../values/must-wait.js';
import { Tuple, type Kwargs, type Value, type Waiting } from '../values/value.js';
import { callMethod } from './call-method.js';
import { startCall } from './call.js';
import {
  comparison,
  concat,
  countItems,
  evaluate,
  evaluateNamed,
  evaluatePositional,
  newDict,
  spread,
  spreadNamed,
  withoutElse,
} from './evaluate.js';
import type { Frame } from './frame.js';
import { Macro } from './macro.js';
import type { Runtime } from './runtime.js';

/**
 * Evaluates an expression that may hold calls: yields the promises that they give. No
 * generator itself, so that each kind of expression costs one generator and no more.
 *
 * The parts without calls are left to the other evaluator: `evaluate.ts` says why there
 * are two and what must be the same in both.
 */
export function evaluateWaiting(node: Expression, frame: Frame, runtime: Runtime): Waiting<Value> {
  if (node.kind === 'call') return evaluateCall(node, frame, runtime);
  if (!node.waits) return ready(evaluate(node, frame, runtime));
  return evaluateParts(node, frame, runtime);
}

// eslint-disable-next-line require-yield -- it has nothing to wait for
function* ready(value: Value): Waiting<Value> {
  return value;
}

function* evaluateParts(
  node: Exclude<Expression, CallNode>,
  frame: Frame,
  runtime: Runtime,
): Waiting<Value> {
  switch (node.kind) {
    case 'attribute': {
      const object = yield* evaluateWaiting(node.object, frame, runtime);
      runtime.at = node.at;
      return getAttribute(object, node.name, runtime);
    }
    case 'item': {
      const object = yield* evaluateWaiting(node.object, frame, runtime);
      const key = yield* evaluateWaiting(node.key, frame, runtime);
      runtime.at = node.at;
      return getItem(object, key, runtime);
    }
    case 'slice': {
      const object = yield* evaluateWaiting(node.object, frame, runtime);
      const start = node.start && (yield* evaluateWaiting(node.start, frame, runtime));
      const stop = node.stop && (yield* evaluateWaiting(node.stop, frame, runtime));
      const step = node.step && (yield* evaluateWaiting(node.step, frame, runtime));
      runtime.at = node.at;
      return getSlice(object, start, stop, step, runtime);
    }
    case 'filter': {
      const value = node.value ? yield* evaluateWaiting(node.value, frame, runtime) : '';
      const { positional, named } = yield* evaluateArguments(node.args, frame, runtime);
      runtime.at = node.at;
      return applyFilter(node.name, value, positional, named, runtime);
    }
    case 'test': {
      const value = yield* evaluateWaiting(node.value, frame, runtime);
      const { positional, named } = yield* evaluateArguments(node.args, frame, runtime);
      runtime.at = node.at;
      return applyTest(node.name, value, positional, named, runtime);
    }
    case 'unary': {
      const operand = yield* evaluateWaiting(node.operand, frame, runtime);
      if (node.operator === 'not') return !isTrue(operand);
      runtime.at = node.at;
      return sign(node.operator, operand);
    }
    case 'arithmetic': {
      const left = yield* evaluateWaiting(node.left, frame, runtime);
      const right = yield* evaluateWaiting(node.right, frame, runtime);
      runtime.at = node.at;
      return arithmetic(node.operator, left, right, runtime.meter);
    }
    case 'and': {
      const left = yield* evaluateWaiting(node.left, frame, runtime);
      return isTrue(left) ? yield* evaluateWaiting(node.right, frame, runtime) : left;
    }
    case 'or': {
      const left = yield* evaluateWaiting(node.left, frame, runtime);
      return isTrue(left) ? left : yield* evaluateWaiting(node.right, frame, runtime);
    }
    case 'concat': {
      let text = '';
      for (const part of node.parts) {
        const value = yield* evaluateWaiting(part, frame, runtime);
        text = concat(text, value, part.at, runtime);
      }
      return text;
    }
    case 'compare':
      return yield* evaluateComparison(node, frame, runtime);
    case 'conditional': {
      const test = yield* evaluateWaiting(node.test, frame, runtime);
      if (isTrue(test)) return yield* evaluateWaiting(node.then, frame, runtime);
      return node.otherwise === undefined
        ? withoutElse(node.at, runtime)
        : yield* evaluateWaiting(node.otherwise, frame, runtime);
    }
    case 'list':
      return yield* evaluateAll(node, frame, runtime);
    case 'tuple':
      return new Tuple(yield* evaluateAll(node, frame, runtime));
    case 'dict': {
      const dict = newDict(node, runtime);
      for (const [key, value] of node.pairs) {
        const k = yield* evaluateWaiting(key, frame, runtime);
        const v = yield* evaluateWaiting(value, frame, runtime);
        runtime.at = key.at;
        dict.set(k, v);
      }
      return dict;
    }
    case 'constant':
    case 'name':
      return evaluate(node, frame, runtime);
  }
}

function* evaluateAll(node: SequenceNode, frame: Frame, runtime: Runtime): Waiting<Value[]> {
  countItems(node, runtime);
  return yield* evaluateEach(node.items, frame, runtime);
}

function* evaluateEach(
  nodes: readonly Expression[],
  frame: Frame,
  runtime: Runtime,
): Waiting<Value[]> {
  const values: Value[] = [];
  for (const node of nodes) {
    values.push(
      node.waits ? yield* evaluateWaiting(node, frame, runtime) : evaluate(node, frame, runtime),
    );
  }
  return values;
}

function* evaluateComparison(node: CompareNode, frame: Frame, runtime: Runtime): Waiting<boolean> {
  let left = yield* evaluateWaiting(node.first, frame, runtime);
  for (const [operator, expression] of node.rest) {
    const right = yield* evaluateWaiting(expression, frame, runtime);
    runtime.at = node.at;
    if (!comparison(operator, left, right, runtime)) return false;
    left = right;
  }
  return true;
}

/** Evaluates a call; `caller` is the body of a call block. */
export function* evaluateCall(
  node: CallNode,
  frame: Frame,
  runtime: Runtime,
  caller?: Value,
): Waiting<Value> {
  const { callee, args } = node;
  const ofMethod = callee.kind === 'attribute';
  const target = ofMethod ? callee.object : callee;
  const object = target.waits
    ? yield* evaluateWaiting(target, frame, runtime)
    : evaluate(target, frame, runtime);
  let positional: Value[];
  let named: Kwargs;
  if (args.waits) ({ positional, named } = yield* evaluateArguments(args, frame, runtime));
  else {
    positional = evaluatePositional(args, frame, runtime);
    named = evaluateNamed(args, frame, runtime);
  }
  if (caller !== undefined) named = new Map([...named, ['caller', caller]]);
  runtime.at = node.at;
  if (object instanceof Macro && !ofMethod) {
    return yield* runtime.callMacro(object, positional, named);
  }
  const result = ofMethod
    ? callMethod(object, callee.name, positional, named, runtime)
    : startCall(object, positional, named, runtime);
  return mustWait(result) ? yield* settle(result) : (result ?? null);
}

/** As evaluatePositional and evaluateNamed. */
export function* evaluateArguments(
  args: Arguments,
  frame: Frame,
  runtime: Runtime,
): Waiting<{ positional: Value[]; named: Kwargs }> {
  const positional = yield* evaluateEach(args.positional, frame, runtime);
  if (args.spread !== undefined) {
    const values = yield* evaluateWaiting(args.spread, frame, runtime);
    spread(positional, values, args.spread.at, runtime);
  }
  const named = new Map<string, Value>();
  for (const [name, node] of args.named) {
    named.set(name, yield* evaluateWaiting(node, frame, runtime));
  }
  if (args.spreadNamed !== undefined) {
    const values = yield* evaluateWaiting(args.spreadNamed, frame, runtime);
    spreadNamed(named, values, args.spreadNamed.at, runtime);
  }
  return { positional, named };
}
