import { Float, int, type Value } from '../values/value.js';
import type { Expression } from './ast.js';
import type { Expressions } from './expressions.js';

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
export function parsePrimary(parser: Expressions): Expression {
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

function parenthesis(parser: Expressions): Expression {
  const stream = parser.stream;
  const at = stream.next().at;
  if (stream.skipOperator(')')) return { kind: 'tuple', items: [], at, waits: false };
  const value = parser.expressionOrTuple();
  stream.expect('operator', ')');
  return value;
}

function list(parser: Expressions): Expression {
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

function dict(parser: Expressions): Expression {
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
