import type { Arguments, Expression } from './ast.js';
import type { Expressions } from './expressions.js';

/** `(a, b, name=c, *rest, **named)`. */
export function parseArguments(parser: Expressions): Arguments {
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
