import { applyFilter } from '../filters/filters.js';
import type {
  CallBlockNode,
  Expression,
  FilterBlockNode,
  FilterNode,
  ForNode,
  FromImportNode,
  IfNode,
  ImportNode,
  IncludeNode,
  SetBlockNode,
  Statement,
  WithNode,
} from '../parse/ast.js';
import type { Template } from '../parse/template.js';
import { isTrue } from '../values/compare.js';
import { iterate } from '../values/iterate.js';
import type { Value, Waiting } from '../values/value.js';
import { assign } from './assign.js';
import { evaluateArguments, evaluateCall, evaluateWaiting } from './evaluate-waiting.js';
import { evaluate } from './evaluate.js';
import { executeFromImport, executeImport, executeInclude } from './execute-include.js';
import { Frame } from './frame.js';
import { Loop } from './loop.js';
import { Macro } from './macro.js';
import type { Output } from './output.js';
import type { Completion, Runtime } from './runtime.js';

/** Runs statements in a scope. */
export function* executeAll(
  nodes: readonly Statement[],
  frame: Frame,
  output: Output,
  runtime: Runtime,
): Waiting<Completion> {
  for (const node of nodes) {
    runtime.meter.step();
    switch (node.kind) {
      case 'text':
        output.trace?.text(runtime.template, node.at);
        output.write(node.text);
        break;
      case 'output': {
        const { value: expression } = node;
        runtime.written = undefined;
        const value = expression.waits
          ? yield* evaluateWaiting(expression, frame, runtime)
          : evaluate(expression, frame, runtime);
        runtime.at = expression.at;
        if (output.trace !== undefined) runtime.traceValue(output.trace, value);
        output.value(value);
        break;
      }
      case 'set': {
        const { value: expression } = node;
        const value = expression.waits
          ? yield* evaluateWaiting(expression, frame, runtime)
          : evaluate(expression, frame, runtime);
        assign(node.target, value, frame, runtime);
        break;
      }
      case 'do':
        if (node.value.waits) yield* evaluateWaiting(node.value, frame, runtime);
        else evaluate(node.value, frame, runtime);
        break;
      case 'if': {
        const body = node.waits
          ? yield* chosenBranch(node, frame, runtime)
          : branchOf(node, frame, runtime);
        if (body.length === 0) break;
        const completion = yield* executeAll(body, frame, output, runtime);
        if (completion !== 'end') return completion;
        break;
      }
      case 'for': {
        const list = node.iterable.waits
          ? yield* evaluateWaiting(node.iterable, frame, runtime)
          : evaluate(node.iterable, frame, runtime);
        runtime.at = node.iterable.at;
        const completion = yield* executeFor(node, list, 0, frame, output, runtime);
        if (completion !== 'end') return completion;
        break;
      }
      case 'break':
      case 'continue':
        return node.kind;
      case 'macro':
        // Only templates run statements, and a template is what located errors need.
        frame.set(node.name, new Macro(node.name, runtime.template as Template, node, frame));
        break;
      case 'skipped':
        break;
      default: {
        const completion = yield* executeRare(node, frame, output, runtime);
        if (completion !== 'end') return completion;
      }
    }
  }
  return 'end';
}

/** Kept apart from executeAll, whose generators are made so often that their size counts. */
function* executeRare(
  node: Extract<
    Statement,
    | SetBlockNode
    | CallBlockNode
    | FilterBlockNode
    | WithNode
    | IncludeNode
    | ImportNode
    | FromImportNode
  >,
  frame: Frame,
  output: Output,
  runtime: Runtime,
): Waiting<Completion> {
  switch (node.kind) {
    case 'set block':
      yield* executeSetBlock(node, frame, runtime);
      return 'end';
    case 'call block': {
      const { caller } = node;
      const macro = new Macro('caller', runtime.template as Template, caller, frame);
      runtime.written = undefined;
      const value = yield* evaluateCall(node.call, frame, runtime, macro);
      runtime.at = node.call.at;
      if (output.trace !== undefined) runtime.traceValue(output.trace, value);
      output.value(value);
      return 'end';
    }
    case 'filter block': {
      const text = yield* bodyText(node.body, new Frame(frame), runtime);
      const value = yield* filtered(node.filter, text, frame, runtime);
      runtime.written = undefined;
      if (output.trace !== undefined) runtime.traceValue(output.trace, value);
      output.value(value);
      return 'end';
    }
    case 'with': {
      const inner = new Frame(frame);
      for (const [target, expression] of node.assignments) {
        assign(target, yield* evaluateWaiting(expression, frame, runtime), inner, runtime);
      }
      return yield* executeAll(node.body, inner, output, runtime);
    }
    case 'include':
      yield* executeInclude(node, frame, output, runtime);
      return 'end';
    case 'import':
      yield* executeImport(node, frame, runtime);
      return 'end';
    case 'from import':
      yield* executeFromImport(node, frame, runtime);
      return 'end';
  }
}

function* chosenBranch(
  node: IfNode,
  frame: Frame,
  runtime: Runtime,
): Waiting<readonly Statement[]> {
  for (const { test, body } of node.branches) {
    const value = test.waits
      ? yield* evaluateWaiting(test, frame, runtime)
      : evaluate(test, frame, runtime);
    if (isTrue(value)) return body;
  }
  return node.otherwise;
}

function branchOf(node: IfNode, frame: Frame, runtime: Runtime): readonly Statement[] {
  for (const { test, body } of node.branches) {
    if (isTrue(evaluate(test, frame, runtime))) return body;
  }
  return node.otherwise;
}

/** What statements print, as a text. */
function* bodyText(nodes: readonly Statement[], frame: Frame, runtime: Runtime): Waiting<string> {
  const output = runtime.newOutput();
  yield* executeAll(nodes, frame, output, runtime);
  runtime.wrote(output, undefined);
  return output.text;
}

function* executeSetBlock(node: SetBlockNode, frame: Frame, runtime: Runtime): Waiting<void> {
  const text = yield* bodyText(node.body, new Frame(frame), runtime);
  const value =
    node.filter === undefined ? text : yield* filtered(node.filter, text, frame, runtime);
  assign(node.target, value, frame, runtime);
}

/** A chain of filters over the text of a block. */
function* filtered(node: FilterNode, text: string, frame: Frame, runtime: Runtime): Waiting<Value> {
  const value =
    node.value?.kind === 'filter' ? yield* filtered(node.value, text, frame, runtime) : text;
  const { positional, named } = yield* evaluateArguments(node.args, frame, runtime);
  runtime.at = node.at;
  return applyFilter(node.name, value, positional, named, runtime);
}

function* executeFor(
  node: ForNode,
  list: Value,
  depth: number,
  frame: Frame,
  output: Output,
  runtime: Runtime,
): Waiting<Completion> {
  const items = node.filter?.waits
    ? yield* waitingItems(node, node.filter, list, frame, runtime)
    : loopItems(node, list, frame, runtime);
  if (items.length === 0) return yield* executeAll(node.otherwise, frame, output, runtime);
  const loop = new Loop(
    items,
    depth,
    runtime,
    node.recursive ? (inner) => recurse(node, inner, depth + 1, frame, runtime) : undefined,
  );
  for (const item of items) {
    runtime.meter.step();
    loop.index0 += 1;
    const turn = new Frame(frame);
    turn.set('loop', loop);
    assign(node.target, item, turn, runtime);
    const completion = yield* executeAll(node.body, turn, output, runtime);
    if (completion === 'break') break;
  }
  return 'end';
}

/** The items that a loop goes through, taken before its first turn. */
function loopItems(node: ForNode, list: Value, frame: Frame, runtime: Runtime): readonly Value[] {
  const items: Value[] = [];
  for (const item of iterate(list)) {
    if (node.filter !== undefined) {
      runtime.meter.step();
      const turn = new Frame(frame);
      assign(node.target, item, turn, runtime);
      if (!isTrue(evaluate(node.filter, turn, runtime))) continue;
    }
    items.push(item);
  }
  countTurns(node, items, runtime);
  return items;
}

function countTurns(node: ForNode, items: readonly Value[], runtime: Runtime): void {
  runtime.at = node.iterable.at;
  runtime.meter.list(items.length);
}

/** As loopItems, for a filter with calls. */
function* waitingItems(
  node: ForNode,
  filter: Expression,
  list: Value,
  frame: Frame,
  runtime: Runtime,
): Waiting<readonly Value[]> {
  const items: Value[] = [];
  for (const item of iterate(list)) {
    runtime.meter.step();
    const turn = new Frame(frame);
    assign(node.target, item, turn, runtime);
    if (isTrue(yield* evaluateWaiting(filter, turn, runtime))) items.push(item);
  }
  countTurns(node, items, runtime);
  return items;
}

function* recurse(
  node: ForNode,
  list: Value,
  depth: number,
  frame: Frame,
  runtime: Runtime,
): Waiting<Value> {
  runtime.enter(runtime.template, runtime.macro);
  try {
    const output = runtime.newOutput();
    yield* executeFor(node, list, depth, frame, output, runtime);
    return output.text;
  } catch (error) {
    throw runtime.located(error);
  } finally {
    runtime.leave();
  }
}
