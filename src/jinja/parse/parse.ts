import type { Expression } from './ast.js';
import { ExpressionParser } from './expression-parser.js';
import { tokenize, tokenizeExpression } from './lexer.js';
import type { Located } from './place.js';
import { StatementParser } from './statement-parser.js';
import { Template } from './template.js';
import { TokenStream } from './token-stream.js';

export interface ParseOptions {
  /** Path of the file for messages. */
  readonly file: string;
  /** Line of the file, from 1, that the source starts on. Default 1. */
  readonly firstLine?: number;
  /** Column of the file, from 1, that the source's first line starts on. Default 1. */
  readonly firstColumn?: number;
}

function locatedSource(source: string, options: ParseOptions): Located {
  return {
    file: options.file,
    source: source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source,
    firstLine: options.firstLine ?? 1,
    firstColumn: options.firstColumn ?? 1,
  };
}

/**
 * Parses a template. As in Jinja and dbt, one newline at the end of the source is
 * dropped and all line ends become `\n`.
 *
 * Throws TechstoreError 'compilation' with place and excerpt for faults of syntax.
 */
export function parseTemplate(source: string, options: ParseOptions): Template {
  const given = locatedSource(source, options);
  const located = given.source.endsWith('\n')
    ? { ...given, source: given.source.slice(0, -1) }
    : given;
  const stream = new TokenStream(located, tokenize(located));
  const parser = new StatementParser(stream, (body) => new Template(located, body, []));
  const body = parser.template();
  return new Template(located, body, parser.blocks);
}

/** Parses one expression that stands without `{{ }}`. Throws as parseTemplate. */
export function parseExpression(
  source: string,
  options: ParseOptions,
): { template: Template; expression: Expression } {
  const located = locatedSource(source, options);
  const stream = new TokenStream(located, tokenizeExpression(located));
  const expression = new ExpressionParser(stream).expressionOrTuple();
  stream.expect('end');
  return { template: new Template(located, [], []), expression };
}
