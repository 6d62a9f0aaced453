import type { Token, TokenType } from './lexer.js';
import { errorAt, type Located } from './place.js';

/** How deep expressions and blocks may be nested in a source. */
const maxNesting = 150;
/** How many operators may follow one another in one expression. */
const maxChain = 1000;

/** The tokens of a template with the parser's place among them. */
export class TokenStream {
  readonly template: Located;
  readonly #tokens: readonly Token[];
  #index = 0;
  #depth = 0;

  constructor(template: Located, tokens: readonly Token[]) {
    this.template = template;
    this.#tokens = tokens;
  }

  get current(): Token {
    // The last token is always 'end', and nothing moves past it.
    return this.#tokens[this.#index] as Token;
  }

  get following(): Token {
    return this.#tokens[this.#index + 1] ?? this.current;
  }

  next(): Token {
    const token = this.current;
    if (token.type !== 'end') this.#index += 1;
    return token;
  }

  is(type: TokenType, value?: string): boolean {
    const token = this.current;
    return token.type === type && (value === undefined || token.value === value);
  }

  isOperator(value: string): boolean {
    return this.is('operator', value);
  }

  isName(value: string): boolean {
    return this.is('name', value);
  }

  skipOperator(value: string): boolean {
    if (!this.isOperator(value)) return false;
    this.#index += 1;
    return true;
  }

  skipName(value: string): boolean {
    if (!this.isName(value)) return false;
    this.#index += 1;
    return true;
  }

  expect(type: TokenType, value?: string): Token {
    if (!this.is(type, value)) {
      this.fail(`Expected ${describe(type, value)}, got ${this.describeCurrent()}`);
    }
    return this.next();
  }

  describeCurrent(): string {
    const token = this.current;
    return describe(token.type, token.type === 'text' ? undefined : token.value);
  }

  fail(message: string, at = this.current.at, hint?: string): never {
    throw errorAt(this.template, at, message, { hint });
  }

  /** Runs a part of the parser one level deeper, up to a limit. */
  nested<T>(parse: () => T): T {
    this.goIn();
    const result = parse();
    this.goOut();
    return result;
  }

  /** Goes one level deeper; `goOut` must follow, except after a fault. */
  goIn(): void {
    this.#depth += 1;
    if (this.#depth > maxNesting) this.fail('The template is nested too deeply');
  }

  goOut(): void {
    this.#depth -= 1;
  }

  checkChain(length: number): void {
    if (length > maxChain) this.fail('The expression is too long');
  }
}

function describe(type: TokenType, value: string | undefined): string {
  switch (type) {
    case 'output end':
      return "'}}'";
    case 'tag end':
      return "'%}'";
    case 'output begin':
      return "'{{'";
    case 'tag begin':
      return "'{%'";
    case 'end':
      return 'the end of the template';
    case 'text':
      return 'text';
    case 'name':
      return value === undefined ? 'a name' : `'${value}'`;
    case 'string':
      return value === undefined ? 'a text' : `the text '${value}'`;
    case 'int':
    case 'float':
      return value === undefined ? 'a number' : `the number ${value}`;
    case 'operator':
      return `'${value ?? ''}'`;
  }
}
