import type {
  ArithmeticOperator,
  Arguments,
  CallNode,
  ComparisonOperator,
  Expression,
  FilterNode,
} from './ast.js';
import { parseArguments, parsePrimary } from './parse-primary.js';
import type { TokenStream } from './token-stream.js';

/** Told of each name that an expression reads. */
export type OnName = (name: string) => void;

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

const noArguments: Arguments = {
  positional: [],
  named: [],
  spread: undefined,
  spreadNamed: undefined,
  waits: false,
};

/** Parses expressions by the power of their operators (a Pratt parser). */
export class ExpressionParser {
  readonly stream: TokenStream;
  readonly onName: OnName;

  constructor(stream: TokenStream, onName: OnName = () => undefined) {
    this.stream = stream;
    this.onName = onName;
  }

  /** One expression; `a if b else c` included. */
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

  /** An expression without `a if b else c`, as the list of a `for … if …` is. */
  plainExpression(): Expression {
    return this.#binary(1);
  }

  /** One expression, or several with commas between them: a tuple. */
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

  /** An operand with its signs, attributes, calls and, when wanted, filters and tests. */
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
      value = this.#postfix(parsePrimary(this));
    }
    return withFilters ? this.#filters(value) : value;
  }

  #postfix(start: Expression): Expression {
    const stream = this.stream;
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
        value = this.#subscript(value);
      } else if (stream.isOperator('(')) {
        value = this.#call(value);
      } else {
        return value;
      }
    }
  }

  #call(callee: Expression): CallNode {
    const at = callee.kind === 'attribute' ? callee.at : this.stream.current.at;
    const args = parseArguments(this);
    return { kind: 'call', callee, args, at: callee.kind === 'name' ? callee.at : at, waits: true };
  }

  #subscript(object: Expression): Expression {
    const stream = this.stream;
    const at = stream.expect('operator', '[').at;
    const keys: Expression[] = [];
    let slice: Expression | undefined;
    for (;;) {
      const start = stream.isOperator(':') ? undefined : this.expression();
      if (stream.skipOperator(':')) {
        slice = this.#slice(object, start, at);
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
  #slice(object: Expression, start: Expression | undefined, at: number): Expression {
    const stream = this.stream;
    const ends = (): boolean =>
      stream.isOperator(']') || stream.isOperator(':') || stream.isOperator(',');
    const stop = ends() ? undefined : this.expression();
    const step = stream.skipOperator(':') && !ends() ? this.expression() : undefined;
    const parts = [object, start, stop, step];
    const waits = parts.some((part) => part?.waits === true);
    return { kind: 'slice', object, start, stop, step, at, waits };
  }

  #filters(start: Expression): Expression {
    const stream = this.stream;
    let value = start;
    for (let length = 0; ; length += 1) {
      stream.checkChain(length);
      if (stream.isOperator('|')) {
        stream.next();
        value = this.filter(value);
      } else if (stream.isName('is')) {
        value = this.#test(value);
      } else if (stream.isOperator('(')) {
        value = this.#call(value);
      } else {
        return value;
      }
    }
  }

  /** `name(args)` behind a `|`, or at the start of a filter block. */
  filter(value: Expression | undefined): FilterNode {
    const { name, at } = this.#dottedName();
    const args = this.stream.isOperator('(') ? parseArguments(this) : noArguments;
    return { kind: 'filter', value, name, args, at, waits: value?.waits === true || args.waits };
  }

  /** A filter and those behind it, with a block's text as the first value. */
  filterChain(): FilterNode {
    let node = this.filter(undefined);
    for (let length = 0; this.stream.skipOperator('|'); length += 1) {
      this.stream.checkChain(length);
      node = this.filter(node);
    }
    return node;
  }

  #dottedName(): { name: string; at: number } {
    const token = this.stream.expect('name');
    let name = token.value;
    while (this.stream.skipOperator('.')) name += `.${this.stream.expect('name').value}`;
    return { name, at: token.at };
  }

  #test(value: Expression): Expression {
    const stream = this.stream;
    stream.next();
    const negated = stream.skipName('not');
    const { name, at } = this.#dottedName();
    let args = noArguments;
    if (stream.isOperator('(')) {
      args = parseArguments(this);
    } else if (this.#startsTestArgument()) {
      if (stream.isName('is')) stream.fail("Tests cannot be chained with 'is'");
      const argument = this.#postfix(parsePrimary(this));
      args = { ...noArguments, positional: [argument], waits: argument.waits };
    }
    const waits = value.waits || args.waits;
    const test: Expression = { kind: 'test', value, name, args, at, waits };
    return negated ? { kind: 'unary', operator: 'not', operand: test, at, waits } : test;
  }

  #startsTestArgument(): boolean {
    const { type, value } = this.stream.current;
    if (type === 'name') return !['else', 'or', 'and', 'if', 'in', 'not'].includes(value);
    if (type === 'operator') return value === '(' || value === '[' || value === '{';
    return type === 'string' || type === 'int' || type === 'float';
  }
}
