import type { Parameter, Target } from './ast.js';
import type { Expressions } from './expressions.js';

/** A name that may be assigned to. */
export function parseAssignedName(parser: Expressions): string {
  const token = parser.stream.expect('name');
  if (/^(?:[Tt]rue|[Ff]alse|[Nn]one)$/.test(token.value)) {
    parser.stream.fail(`Cannot assign to '${token.value}'`, token.at);
  }
  return token.value;
}

/** `a`, `ns.a`, `a, b` or `(a, b)`. */
export function parseTarget(parser: Expressions): Target {
  const { stream } = parser;
  const at = stream.current.at;
  const targets: Target[] = [];
  let tuple = false;
  for (;;) {
    if (stream.skipOperator('(')) {
      targets.push(stream.nested(() => parseTarget(parser)));
      stream.expect('operator', ')');
    } else {
      const at = stream.current.at;
      const name = parseAssignedName(parser);
      if (stream.skipOperator('.')) {
        targets.push({ kind: 'field', object: name, name: stream.expect('name').value, at });
        parser.onName(name);
      } else {
        targets.push({ kind: 'name', name, at });
      }
    }
    if (!stream.skipOperator(',')) break;
    tuple = true;
    if (stream.isOperator(')') || stream.isOperator('=') || stream.isName('in')) break;
  }
  const [only] = targets;
  return tuple || only === undefined ? { kind: 'targets', targets, at } : only;
}

/** `(a, b=1)` of a macro or call block. */
export function parseSignature(parser: Expressions): Parameter[] {
  const { stream } = parser;
  stream.expect('operator', '(');
  const parameters: Parameter[] = [];
  while (!stream.isOperator(')')) {
    if (parameters.length > 0) {
      stream.expect('operator', ',');
      if (stream.isOperator(')')) break;
    }
    const { at } = stream.current;
    const name = parseAssignedName(parser);
    const value = stream.skipOperator('=') ? parser.expression() : undefined;
    if (value === undefined && parameters.at(-1)?.default !== undefined) {
      stream.fail(
        `The parameter '${name}' without a default follows a parameter with a default`,
        at,
      );
    }
    if (parameters.some((other) => other.name === name)) {
      stream.fail(`The parameter '${name}' appears twice`, at);
    }
    parameters.push({ name, default: value });
  }
  stream.next();
  return parameters;
}
