import type { Expression } from './ast.js';
import type { TokenStream } from './token-stream.js';

/** Told of each name that an expression reads. */
export type OnName = (name: string) => void;

/** The parser of expressions, as its parts see it. */
export interface Expressions {
  readonly stream: TokenStream;
  readonly onName: OnName;
  /** One expression; `a if b else c` included. */
  expression(): Expression;
  /** An expression without `a if b else c`, as the list of a `for … if …` is. */
  plainExpression(): Expression;
  /** One expression, or several with commas between them: a tuple. */
  expressionOrTuple(parse?: () => Expression): Expression;
  /** An operand with its signs, attributes, calls and, when wanted, filters and tests. */
  unary(withFilters: boolean): Expression;
}
