import type { Expression, Statement, Target } from './ast.js';
import { parseFilterChain } from './postfix.js';
import type { Statements } from './statements.js';
import { parseSignature, parseTarget } from './targets.js';

/** `{% set a = b %}`, or the block `{% set a | filter %}…{% endset %}`. */
export function parseSet(parser: Statements, at: number): Statement {
  const { stream, expressions } = parser;
  const target = parseTarget(expressions);
  if (stream.skipOperator('=')) {
    const value = expressions.expressionOrTuple();
    stream.expect('tag end');
    return { kind: 'set', target, value, at };
  }
  const filter = stream.skipOperator('|') ? parseFilterChain(expressions) : undefined;
  stream.expect('tag end');
  if (target.kind === 'targets') stream.fail('A set block takes one name only', target.at);
  const { body } = parser.bodyToEnd('endset');
  return { kind: 'set block', target, filter, body, at };
}

/** `{% if a %}…{% elif b %}…{% else %}…{% endif %}`. */
export function parseIf(parser: Statements, at: number): Statement {
  const { stream, expressions } = parser;
  const branches: { test: Expression; body: Statement[] }[] = [];
  for (;;) {
    const test = expressions.expressionOrTuple(() => expressions.plainExpression());
    stream.expect('tag end');
    const { body, ending } = parser.bodyUntil('elif', 'else', 'endif');
    branches.push({ test, body });
    if (ending.tag === 'elif') continue;
    let otherwise: Statement[] = [];
    if (ending.tag === 'else') {
      stream.expect('tag end');
      otherwise = parser.bodyUntil('endif').body;
    }
    stream.expect('tag end');
    const waits = branches.some((branch) => branch.test.waits);
    return { kind: 'if', branches, otherwise, waits, at };
  }
}

/** `{% for a in b if c recursive %}…{% else %}…{% endfor %}`. */
export function parseFor(parser: Statements, at: number): Statement {
  const { stream, expressions } = parser;
  const target = parseTarget(expressions);
  stream.expect('name', 'in');
  const iterable = expressions.expressionOrTuple(() => expressions.plainExpression());
  const filter = stream.skipName('if') ? expressions.expression() : undefined;
  const recursive = stream.skipName('recursive');
  stream.expect('tag end');
  const { body, ending } = parser.bodyOfLoop('else', 'endfor');
  let otherwise: Statement[] = [];
  if (ending.tag === 'else') {
    stream.expect('tag end');
    otherwise = parser.bodyUntil('endfor').body;
  }
  stream.expect('tag end');
  return { kind: 'for', target, iterable, filter, recursive, body, otherwise, at };
}

/** `{% with a = b, c = d %}…{% endwith %}`. */
export function parseWith(parser: Statements, at: number): Statement {
  const { stream, expressions } = parser;
  const assignments: [Target, Expression][] = [];
  while (!stream.is('tag end')) {
    if (assignments.length > 0) stream.expect('operator', ',');
    const target = parseTarget(expressions);
    stream.expect('operator', '=');
    assignments.push([target, expressions.expression()]);
  }
  stream.next();
  const { body } = parser.bodyToEnd('endwith');
  return { kind: 'with', assignments, body, at };
}

/** `{% call(a) b(c) %}…{% endcall %}`. */
export function parseCallBlock(parser: Statements, at: number): Statement {
  const { stream, expressions } = parser;
  const parameters = stream.isOperator('(') ? parseSignature(expressions) : [];
  const call = expressions.unary(true);
  if (call.kind !== 'call') return stream.fail("Expected a call after 'call'", call.at);
  stream.expect('tag end');
  const { macro } = parser.macro('caller', parameters, 'endcall', at);
  return { kind: 'call block', call, caller: macro, at };
}
