import type { MacroNode, Parameter, Statement } from './ast.js';
import type { Expressions } from './expressions.js';
import type { Template, TemplateBlock } from './template.js';
import type { TokenStream } from './token-stream.js';

/** Where an opened block's body ended. */
export interface Ending {
  readonly tag: string;
  /** Offset of the closing tag. */
  readonly at: number;
  /** Offset behind the closing tag when nothing else stands in it. */
  readonly end: number;
}

/** The parser of statements, as the parsers of single tags see it. */
export interface Statements {
  readonly stream: TokenStream;
  readonly expressions: Expressions;
  /** The blocks found so far. */
  readonly blocks: TemplateBlock[];
  /** Makes a template of a part of the body, such as that of a snapshot. */
  readonly templateOf: (body: readonly Statement[]) => Template;
  /** True outside of every block. */
  readonly atTopLevel: boolean;
  /** The statements up to a tag of one of these names, whose name is read too. */
  bodyUntil(...ends: readonly string[]): { body: Statement[]; ending: Ending };
  /** As bodyUntil, and the closing tag ends behind its name. */
  bodyToEnd(end: string): { body: Statement[]; ending: Ending };
  /** As bodyUntil, with `break` and `continue`. */
  bodyOfLoop(...ends: readonly string[]): { body: Statement[]; ending: Ending };
  /** The body of a macro up to its end tag, and what the body uses. */
  macro(
    name: string,
    parameters: readonly Parameter[],
    end: string,
    at: number,
  ): { macro: MacroNode; ending: Ending };
  /** Line and column in the file. */
  locate(offset: number): { line: number; column: number };
}
