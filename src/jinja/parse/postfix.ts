import { parseArguments } from './arguments.js';
import type { Arguments, CallNode, Expression, FilterNode } from './ast.js';
import type { Expressions } from './expressions.js';
import { parsePrimary } from './primary.js';

const noArguments: Arguments = {
  positional: [],
  named: [],
  spread: undefined,
  spreadNamed: undefined,
  waits: false,
};

/** An operand with the attributes, subscripts and calls behind it. */
export function parsePostfix(parser: Expressions, start: Expression): Expression {
  const { stream } = parser;
  let value = start;
  for (let length = 0; ; length += 1) {
    stream.checkChain(length);
    if (stream.isOperator('.')) {
      stream.next();
      const token = stream.next();
      const { at } = token;
      const waits = value.waits;
      if (token.type === 'name') {
        value = { kind: 'attribute', object: value, name: token.value, at, waits };
      } else if (token.type === 'int') {
        const key = { kind: 'constant', value: Number(token.value), at, waits: false } as const;
        value = { kind: 'item', object: value, key, at, waits };
      } else {
        stream.fail("Expected a name after '.'", at);
      }
    } else if (stream.isOperator('[')) {
      value = subscript(parser, value);
    } else if (stream.isOperator('(')) {
      value = call(parser, value);
    } else {
      return value;
    }
  }
}

function call(parser: Expressions, callee: Expression): CallNode {
  const at = callee.kind === 'attribute' ? callee.at : parser.stream.current.at;
  const args = parseArguments(parser);
  return { kind: 'call', callee, args, at: callee.kind === 'name' ? callee.at : at, waits: true };
}

function subscript(parser: Expressions, object: Expression): Expression {
  const { stream } = parser;
  const at = stream.expect('operator', '[').at;
  const keys: Expression[] = [];
  let slice: Expression | undefined;
  for (;;) {
    const start = stream.isOperator(':') ? undefined : parser.expression();
    if (stream.skipOperator(':')) {
      slice = restOfSlice(parser, object, start, at);
    } else if (start !== undefined) {
      keys.push(start);
    }
    if (!stream.skipOperator(',')) break;
  }
  stream.expect('operator', ']');
  if (slice !== undefined) {
    if (keys.length > 0) stream.fail('A slice cannot be combined with other keys', at);
    return slice;
  }
  const [first] = keys;
  const key: Expression =
    keys.length === 1 && first !== undefined
      ? first
      : { kind: 'tuple', items: keys, at, waits: keys.some((k) => k.waits) };
  return { kind: 'item', object, key, at, waits: object.waits || key.waits };
}

/** The rest of `[start:stop:step]` behind the first colon. */
function restOfSlice(
  parser: Expressions,
  object: Expression,
  start: Expression | undefined,
  at: number,
): Expression {
  const { stream } = parser;
  const ends = (): boolean =>
    stream.isOperator(']') || stream.isOperator(':') || stream.isOperator(',');
  const stop = ends() ? undefined : parser.expression();
  const step = stream.skipOperator(':') && !ends() ? parser.expression() : undefined;
  const parts = [object, start, stop, step];
  const waits = parts.some((part) => part?.waits === true);
  return { kind: 'slice', object, start, stop, step, at, waits };
}

/** A value with the filters, tests and calls behind it. */
export function parseFilters(parser: Expressions, start: Expression): Expression {
  const { stream } = parser;
  let value = start;
  for (let length = 0; ; length += 1) {
    stream.checkChain(length);
    if (stream.isOperator('|')) {
      stream.next();
      value = filter(parser, value);
    } else if (stream.isName('is')) {
      value = test(parser, value);
    } else if (stream.isOperator('(')) {
      value = call(parser, value);
    } else {
      return value;
    }
  }
}

/** `name(args)` behind a `|`, or at the start of a filter block. */
function filter(parser: Expressions, value: Expression | undefined): FilterNode {
  const { name, at } = dottedName(parser);
  const args = parser.stream.isOperator('(') ? parseArguments(parser) : noArguments;
  return { kind: 'filter', value, name, args, at, waits: value?.waits === true || args.waits };
}

/** A filter and those behind it, with a block's text as the first value. */
export function parseFilterChain(parser: Expressions): FilterNode {
  let node = filter(parser, undefined);
  for (let length = 0; parser.stream.skipOperator('|'); length += 1) {
    parser.stream.checkChain(length);
    node = filter(parser, node);
  }
  return node;
}

function dottedName(parser: Expressions): { name: string; at: number } {
  const token = parser.stream.expect('name');
  let name = token.value;
  while (parser.stream.skipOperator('.')) name += `.${parser.stream.expect('name').value}`;
  return { name, at: token.at };
}

function test(parser: Expressions, value: Expression): Expression {
  const { stream } = parser;
  stream.next();
  const negated = stream.skipName('not');
  const { name, at } = dottedName(parser);
  let args = noArguments;
  if (stream.isOperator('(')) {
    args = parseArguments(parser);
  } else if (startsTestArgument(parser)) {
    if (stream.isName('is')) stream.fail("Tests cannot be chained with 'is'");
    const argument = parsePostfix(parser, parsePrimary(parser));
    args = { ...noArguments, positional: [argument], waits: argument.waits };
  }
  const waits = value.waits || args.waits;
  const test: Expression = { kind: 'test', value, name, args, at, waits };
  return negated ? { kind: 'unary', operator: 'not', operand: test, at, waits } : test;
}

function startsTestArgument(parser: Expressions): boolean {
  const { type, value } = parser.stream.current;
  if (type === 'name') return !['else', 'or', 'and', 'if', 'in', 'not'].includes(value);
  if (type === 'operator') return value === '(' || value === '[' || value === '{';
  return type === 'string' || type === 'int' || type === 'float';
}
