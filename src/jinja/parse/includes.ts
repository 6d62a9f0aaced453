import type { Statement } from './ast.js';
import type { Statements } from './statements.js';
import { parseAssignedName } from './targets.js';
import type { TokenStream } from './token-stream.js';

/** `{% include x ignore missing without context %}`. */
export function parseInclude({ stream, expressions }: Statements, at: number): Statement {
  const template = expressions.expression();
  const ignoreMissing = stream.skipName('ignore');
  if (ignoreMissing) stream.expect('name', 'missing');
  const withContext = context(stream, true);
  stream.expect('tag end');
  return { kind: 'include', template, ignoreMissing, withContext, at };
}

/** `{% import x as name with context %}`. */
export function parseImport(parser: Statements, at: number): Statement {
  const { stream } = parser;
  const template = parser.expressions.expression();
  stream.expect('name', 'as');
  const name = parseAssignedName(parser.expressions);
  const withContext = context(stream, false);
  stream.expect('tag end');
  return { kind: 'import', template, name, withContext, at };
}

/** `{% from x import a, b as c with context %}`. */
export function parseFromImport(parser: Statements, at: number): Statement {
  const { stream } = parser;
  const template = parser.expressions.expression();
  stream.expect('name', 'import');
  const names: [string, string][] = [];
  while (!stream.is('tag end') && !atContext(stream)) {
    if (names.length > 0) {
      stream.expect('operator', ',');
      if (stream.is('tag end') || atContext(stream)) break;
    }
    const name = stream.expect('name').value;
    names.push([name, stream.skipName('as') ? parseAssignedName(parser.expressions) : name]);
  }
  if (names.length === 0) stream.fail('Expected names to import');
  const withContext = context(stream, false);
  stream.expect('tag end');
  return { kind: 'from import', template, names, withContext, at };
}

function atContext(stream: TokenStream): boolean {
  return (
    (stream.isName('with') || stream.isName('without')) && stream.following.value === 'context'
  );
}

/** `with context` or `without context`, where one of them stands. */
function context(stream: TokenStream, byDefault: boolean): boolean {
  if (!atContext(stream)) return byDefault;
  const word = stream.next().value;
  stream.next();
  return word === 'with';
}
