import type { Arguments, Expression } from './ast.js';
import type { ExpressionParser } from './parse-expression.js';
import { Float, int, type Value } from './values.js';

const constants: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
]);

const reserved = new Set(['and', 'or', 'not', 'in', 'is', 'if', 'else']);

function constant(value: Value, at: number): Expression {
  return { kind: 'constant', value, at, waits: false };
}

/** A literal, a name, or an expression in brackets. */
export function parsePrimary(parser: ExpressionParser): Expression {
  const stream = parser.stream;
  const token = stream.current;
  const { at } = token;
  switch (token.type) {
    case 'name': {
      if (reserved.has(token.value)) {
        stream.fail(`Expected an expression, got '${token.value}'`);
      }
      stream.next();
      const value = constants.get(token.value);
      if (value !== undefined) return constant(value, at);
      parser.onName(token.value);
      return { kind: 'name', name: token.value, at, waits: false };
    }
    case 'string': {
      // Texts that stand beside each other are one text, as in Python.
      let text = '';
      while (stream.is('string')) text += stream.next().value;
      return constant(text, at);
    }
    case 'int':
      stream.next();
      if (token.value.length > 10_000) stream.fail('The number is too long', at);
      return constant(int(BigInt(token.value.replace(/^0+(?=\d)/, ''))), at);
    case 'float':
      stream.next();
      return constant(new Float(Number(token.value)), at);
    case 'operator':
      if (token.value === '(') return parenthesis(parser);
      if (token.value === '[') return list(parser);
      if (token.value === '{') return dict(parser);
      break;
    case 'text':
    case 'output begin':
    case 'output end':
    case 'tag begin':
    case 'tag end':
    case 'end':
      break;
  }
  return stream.fail(`Expected an expression, got ${stream.describeCurrent()}`);
}

function parenthesis(parser: ExpressionParser): Expression {
  const stream = parser.stream;
  const at = stream.next().at;
  if (stream.skipOperator(')')) return { kind: 'tuple', items: [], at, waits: false };
  const value = parser.expressionOrTuple();
  stream.expect('operator', ')');
  return value;
}

function list(parser: ExpressionParser): Expression {
  const stream = parser.stream;
  const at = stream.next().at;
  const items: Expression[] = [];
  while (!stream.isOperator(']')) {
    if (items.length > 0) stream.expect('operator', ',');
    if (stream.isOperator(']')) break;
    items.push(parser.expression());
  }
  stream.next();
  return { kind: 'list', items, at, waits: items.some((item) => item.waits) };
}

function dict(parser: ExpressionParser): Expression {
  const stream = parser.stream;
  const at = stream.next().at;
  const pairs: [Expression, Expression][] = [];
  while (!stream.isOperator('}')) {
    if (pairs.length > 0) stream.expect('operator', ',');
    if (stream.isOperator('}')) break;
    const key = parser.expression();
    stream.expect('operator', ':');
    pairs.push([key, parser.expression()]);
  }
  stream.next();
  return { kind: 'dict', pairs, at, waits: pairs.some(([k, v]) => k.waits || v.waits) };
}

/** `(a, b, name=c, *rest, **named)`. */
export function parseArguments(parser: ExpressionParser): Arguments {
  const stream = parser.stream;
  stream.expect('operator', '(');
  const positional: Expression[] = [];
  const named: [string, Expression][] = [];
  let spread: Expression | undefined;
  let spreadNamed: Expression | undefined;
  for (let first = true; !stream.isOperator(')'); first = false) {
    if (!first) {
      stream.expect('operator', ',');
      if (stream.isOperator(')')) break;
    }
    const { at } = stream.current;
    if (stream.skipOperator('*')) {
      if (spread !== undefined || spreadNamed !== undefined) {
        stream.fail("'*' appears twice or after '**' in this call", at);
      }
      spread = parser.expression();
    } else if (stream.skipOperator('**')) {
      if (spreadNamed !== undefined) stream.fail("'**' appears twice in this call", at);
      spreadNamed = parser.expression();
    } else if (
      stream.is('name') &&
      stream.following.value === '=' &&
      stream.following.type === 'operator'
    ) {
      if (spreadNamed !== undefined) stream.fail("A named argument follows '**'", at);
      const name = stream.next().value;
      if (named.some(([other]) => other === name)) {
        stream.fail(`The argument '${name}' appears twice`, at);
      }
      stream.next();
      named.push([name, parser.expression()]);
    } else {
      if (spread !== undefined || spreadNamed !== undefined || named.length > 0) {
        stream.fail('A positional argument follows named arguments', at);
      }
      positional.push(parser.expression());
    }
  }
  stream.next();
  let waits = spread?.waits === true || spreadNamed?.waits === true;
  for (const value of positional) waits ||= value.waits;
  for (const [, value] of named) waits ||= value.waits;
  return { positional, named, spread, spreadNamed, waits };
}
