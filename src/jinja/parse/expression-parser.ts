import type { ArithmeticOperator } from '../values/value.js';
import type { ComparisonOperator, Expression } from './ast.js';
import type { Expressions, OnName } from './expressions.js';
import { parseFilters, parsePostfix } from './postfix.js';
import { parsePrimary } from './primary.js';
import type { TokenStream } from './token-stream.js';

const powers: ReadonlyMap<string, number> = new Map([
  ['or', 1],
  ['and', 2],
  ['in', 4],
  ['not', 4],
  ['==', 4],
  ['!=', 4],
  ['<', 4],
  ['<=', 4],
  ['>', 4],
  ['>=', 4],
  ['+', 5],
  ['-', 5],
  ['~', 6],
  ['*', 7],
  ['/', 7],
  ['//', 7],
  ['%', 7],
  ['**', 8],
]);
const notPower = 3;
const comparePower = 4;
const concatPower = 6;

/** Parses expressions by the power of their operators (a Pratt parser). */
export class ExpressionParser implements Expressions {
  readonly stream: TokenStream;
  readonly onName: OnName;

  constructor(stream: TokenStream, onName: OnName = () => undefined) {
    this.stream = stream;
    this.onName = onName;
  }

  expression(): Expression {
    const stream = this.stream;
    stream.goIn();
    let value = this.#binary(1);
    for (let length = 0; stream.isName('if'); length += 1) {
      stream.checkChain(length);
      const at = stream.next().at;
      const test = this.#binary(1);
      const otherwise = stream.skipName('else') ? this.expression() : undefined;
      const waits = value.waits || test.waits || otherwise?.waits === true;
      value = { kind: 'conditional', test, then: value, otherwise, at, waits };
    }
    stream.goOut();
    return value;
  }

  plainExpression(): Expression {
    return this.#binary(1);
  }

  expressionOrTuple(parse: () => Expression = () => this.expression()): Expression {
    const at = this.stream.current.at;
    const first = parse();
    if (!this.stream.isOperator(',')) return first;
    const items = [first];
    while (this.stream.skipOperator(',')) {
      if (this.#endsTuple()) break;
      items.push(parse());
    }
    return { kind: 'tuple', items, at, waits: items.some((item) => item.waits) };
  }

  #endsTuple(): boolean {
    const { type, value } = this.stream.current;
    return (
      type === 'output end' ||
      type === 'tag end' ||
      type === 'end' ||
      (type === 'operator' && value === ')') ||
      (type === 'name' && value === 'recursive')
    );
  }

  #powerOfCurrent(): number {
    const { type, value } = this.stream.current;
    if (type !== 'operator' && type !== 'name') return 0;
    if (type === 'name' && value === 'not') {
      const next = this.stream.following;
      return next.type === 'name' && next.value === 'in' ? comparePower : 0;
    }
    return powers.get(value) ?? 0;
  }

  #binary(least: number): Expression {
    const stream = this.stream;
    let left = this.#prefix(least);
    for (let length = 0; ; length += 1) {
      const power = this.#powerOfCurrent();
      if (power === 0 || power < least) return left;
      stream.checkChain(length);
      if (power === comparePower) {
        left = this.#comparison(left);
        continue;
      }
      if (power === concatPower) {
        left = this.#concat(left);
        continue;
      }
      const { value: operator, at } = stream.next();
      const right = this.#binary(power + 1);
      const waits = left.waits || right.waits;
      left =
        operator === 'and' || operator === 'or'
          ? { kind: operator, left, right, at, waits }
          : {
              kind: 'arithmetic',
              operator: operator as ArithmeticOperator,
              left,
              right,
              at,
              waits,
            };
    }
  }

  #prefix(least: number): Expression {
    const stream = this.stream;
    if (least > notPower || !stream.isName('not')) {
      return this.unary(true);
    }
    const at = stream.next().at;
    return stream.nested(() => {
      const operand = this.#binary(notPower);
      return { kind: 'unary', operator: 'not', operand, at, waits: operand.waits };
    });
  }

  #comparison(first: Expression): Expression {
    const stream = this.stream;
    const at = stream.current.at;
    const rest: (readonly [ComparisonOperator, Expression])[] = [];
    let waits = first.waits;
    while (this.#powerOfCurrent() === comparePower) {
      stream.checkChain(rest.length);
      let operator = stream.next().value;
      if (operator === 'not') {
        stream.next();
        operator = 'not in';
      }
      const right = this.#binary(comparePower + 1);
      waits ||= right.waits;
      rest.push([operator as ComparisonOperator, right]);
    }
    return { kind: 'compare', first, rest, at, waits };
  }

  #concat(first: Expression): Expression {
    const at = this.stream.current.at;
    const parts = [first];
    while (this.stream.skipOperator('~')) parts.push(this.#binary(concatPower + 1));
    return { kind: 'concat', parts, at, waits: parts.some((part) => part.waits) };
  }

  unary(withFilters: boolean): Expression {
    const stream = this.stream;
    let value: Expression;
    if (stream.isOperator('-') || stream.isOperator('+')) {
      const { value: sign, at } = stream.next();
      const operand = stream.nested(() => this.unary(false));
      value = {
        kind: 'unary',
        operator: sign === '-' ? '-' : '+',
        operand,
        at,
        waits: operand.waits,
      };
    } else {
      value = parsePostfix(this, parsePrimary(this));
    }
    return withFilters ? parseFilters(this, value) : value;
  }
}
