import type { ArithmeticOperator } from './value.js';

/**
 * What an operator gives for two numbers of JavaScript. Python refuses some of it, such as a
 * division by zero: that is the caller's part, and so are `//` and `%`, which differ by type.
 */
export function ieee(
  operator: Exclude<ArithmeticOperator, '//' | '%'>,
  x: number,
  y: number,
): number {
  switch (operator) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return x / y;
    case '**':
      return x ** y;
  }
}
