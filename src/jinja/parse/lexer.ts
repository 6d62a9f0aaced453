import { endOfSpace, stripEnd } from '../values/space.js';
import { errorAt, type Located } from './place.js';
import { unescape } from './string-literal.js';

export type TokenType =
  | 'text'
  | 'output begin'
  | 'output end'
  | 'tag begin'
  | 'tag end'
  | 'name'
  | 'string'
  | 'int'
  | 'float'
  | 'operator'
  | 'end';

export interface Token {
  readonly type: TokenType;
  /** The text, the name, the operator, the digits, or what a string literal stands for. */
  readonly value: string;
  /** Offsets in the source. */
  readonly at: number;
  readonly end: number;
}

const rawBegin = /\{%[-+]?\s*raw\s*(-?)%\}/y;
const rawEnd = /\{%([-+]?)\s*endraw\s*([-+]?)%\}/g;
const docsEnd = /\{%([-+]?)\s*enddocs\s*[-+]?%\}/g;
const floatLiteral = /(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?[eE][+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/y;
const intLiteral =
  /0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[\da-fA-F])+|[1-9](?:_?\d)*|0(?:_?0)*/y;
const nameLiteral = /[\p{L}_][\p{L}\p{N}\p{M}_]*/uy;
const stringLiteral = /'[^'\\]*(?:\\[^][^'\\]*)*'|"[^"\\]*(?:\\[^][^"\\]*)*"/y;
// Constants, so that comparing a token with an operator compares no characters.
const singleOperators: readonly string[] = Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  return '-+/*%~[](){}<>=.:|,;'.includes(char) ? char : '';
});
const doubleOperators: ReadonlyMap<number, string> = new Map(
  ['//', '**', '==', '!=', '>=', '<='].map((text) => [
    text.charCodeAt(0) * 256 + text.charCodeAt(1),
    text,
  ]),
);
const equalsSign = '='.charCodeAt(0);
const closing: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const opening: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Cuts a template into tokens. White space next to `-` is gone from the texts. */
export function tokenize(template: Located): Token[] {
  return new Lexer(template).run();
}

/** The tokens of one expression that stands alone, without `{{ }}`. */
export function tokenizeExpression(template: Located): Token[] {
  return new Lexer(template).runExpression();
}

class Lexer {
  readonly #template: Located;
  readonly #source: string;
  readonly #tokens: Token[] = [];
  #at = 0;

  constructor(template: Located) {
    this.#template = template;
    this.#source = template.source;
  }

  run(): Token[] {
    const source = this.#source;
    let textStart = 0;
    for (;;) {
      const open = this.#nextOpening();
      if (open === -1) break;
      const kind = source[open + 1];
      const strips = source[open + 2] === '-';
      this.#text(textStart, open, strips);
      this.#at = open + (strips || source[open + 2] === '+' ? 3 : 2);
      if (kind === '#') this.#comment(open);
      else if (kind === '{') this.#tag(open, 'output begin', 'output end', '}}');
      else if (!this.#raw(open)) this.#tag(open, 'tag begin', 'tag end', '%}');
      textStart = this.#at;
    }
    this.#text(textStart, source.length, false);
    this.#push('end', '', source.length, source.length);
    return this.#tokens;
  }

  runExpression(): Token[] {
    this.#expression(0, '');
    this.#push('end', '', this.#source.length, this.#source.length);
    return this.#tokens;
  }

  #push(type: TokenType, value: string, at: number, end: number): void {
    this.#tokens.push({ type, value, at, end });
  }

  #fail(at: number, message: string, hint?: string): never {
    throw errorAt(this.#template, at, message, { hint });
  }

  #nextOpening(): number {
    const source = this.#source;
    for (let i = source.indexOf('{', this.#at); i !== -1; i = source.indexOf('{', i + 1)) {
      const next = source.charCodeAt(i + 1);
      // {  %  #
      if (next === 0x7b || next === 0x25 || next === 0x23) return i;
    }
    return -1;
  }

  #text(start: number, end: number, strips: boolean): void {
    if (end <= start) return;
    let text = this.#source.slice(start, end);
    if (strips) text = stripEnd(text);
    if (text !== '') this.#push('text', text, start, end);
  }

  /** Goes on behind a tag that ended at `end`: behind the white space too after `-`. */
  #continueAt(end: number, strips: boolean): void {
    this.#at = strips ? endOfSpace(this.#source, end) : end;
  }

  #comment(open: number): void {
    const close = this.#source.indexOf('#}', this.#at);
    if (close === -1) this.#fail(open, "This comment is not closed: '#}' is missing");
    this.#continueAt(close + 2, close > this.#at && this.#source[close - 1] === '-');
  }

  #raw(open: number): boolean {
    rawBegin.lastIndex = open;
    const begin = rawBegin.exec(this.#source);
    if (begin === null) return false;
    const start = open + begin[0].length;
    rawEnd.lastIndex = start;
    const end = rawEnd.exec(this.#source);
    if (end === null) this.#fail(open, "This raw block is not closed: '{% endraw %}' is missing");
    const textStart = begin[1] === '-' ? endOfSpace(this.#source, start) : start;
    this.#text(textStart, end.index, end[1] === '-');
    this.#continueAt(end.index + end[0].length, end[2] === '-');
    return true;
  }

  #tag(open: number, begin: TokenType, end: TokenType, close: string): void {
    this.#push(begin, '', open, this.#at);
    const first = this.#tokens.length;
    this.#expression(open, close);
    const at = this.#at;
    const strips = this.#source[at] === '-';
    const after = at + (strips || this.#source[at] === '+' ? 3 : 2);
    this.#push(end, '', at, after);
    this.#continueAt(after, strips);
    if (begin === 'tag begin' && this.#tokens[first]?.value === 'docs') this.#docs(open);
  }

  /** The text of a docs block is not Jinja: it may show tags. */
  #docs(open: number): void {
    docsEnd.lastIndex = this.#at;
    const end = docsEnd.exec(this.#source);
    if (end === null) this.#fail(open, "This docs block is not closed: '{% enddocs %}' is missing");
    this.#text(this.#at, end.index, end[1] === '-');
    this.#at = end.index;
    this.#at += end[1] === '' ? 2 : 3;
    this.#tag(end.index, 'tag begin', 'tag end', '%}');
  }

  /** Reads tokens up to `close`, or up to the end of the source for an empty `close`. */
  #expression(open: number, close: string): void {
    const source = this.#source;
    const nesting: { readonly bracket: string; readonly at: number }[] = [];
    for (;;) {
      this.#at = endOfSpace(source, this.#at);
      const at = this.#at;
      if (at >= source.length) {
        const inner = nesting.at(-1);
        if (inner !== undefined) {
          this.#fail(inner.at, `'${inner.bracket}' is never closed`);
        }
        if (close === '') return;
        this.#fail(open, `This tag is not closed: '${close}' is missing`);
      }
      if (nesting.length === 0 && close !== '') {
        const sign = source[at] === '-' || (source[at] === '+' && close === '%}') ? 1 : 0;
        if (source.startsWith(close, at + sign)) return;
      }
      const code = source.charCodeAt(at);
      if (isNameStart(code)) this.#name(at);
      else if (code >= 0x30 && code <= 0x39) this.#number(at);
      else if (code === 0x22 || code === 0x27) this.#string(at);
      else this.#operator(at, nesting, close);
    }
  }

  #name(at: number): void {
    const source = this.#source;
    let end = at + 1;
    while (isNameStart(source.charCodeAt(end)) || isDigit(source.charCodeAt(end))) end += 1;
    // Past ASCII the regular expression knows what a letter is.
    if (source.charCodeAt(end) > 0x7f) end = this.#match(nameLiteral, at) ?? end;
    this.#at = end;
    this.#push('name', source.slice(at, end), at, end);
  }

  #match(pattern: RegExp, at: number): number | undefined {
    pattern.lastIndex = at;
    return pattern.test(this.#source) ? pattern.lastIndex : undefined;
  }

  #number(at: number): void {
    // In `row.0.1` the digits after a dot are no fraction.
    let type: TokenType = 'float';
    let end = this.#source[at - 1] === '.' ? undefined : this.#match(floatLiteral, at);
    if (end === undefined) {
      type = 'int';
      end = this.#match(intLiteral, at) ?? at + 1;
    }
    this.#at = end;
    this.#push(type, this.#source.slice(at, end).replaceAll('_', ''), at, end);
  }

  #string(at: number): void {
    const end = this.#match(stringLiteral, at);
    if (end === undefined) this.#fail(at, 'This string has no closing quote');
    this.#at = end;
    const inside = this.#source.slice(at + 1, end - 1);
    const value = inside.includes('\\') ? unescape(inside) : inside;
    this.#push('string', value, at, end);
  }

  #operatorAt(at: number): string | undefined {
    const code = this.#source.charCodeAt(at);
    const next = this.#source.charCodeAt(at + 1);
    if (next === equalsSign || next === code) {
      const double = doubleOperators.get(code * 256 + next);
      if (double !== undefined) return double;
    }
    const single = singleOperators[code];
    return single === '' ? undefined : single;
  }

  #operator(at: number, nesting: { bracket: string; at: number }[], close: string): void {
    const operator = this.#operatorAt(at);
    if (operator === undefined) {
      const nameEnd = this.#match(nameLiteral, at);
      if (nameEnd !== undefined) {
        this.#at = nameEnd;
        this.#push('name', this.#source.slice(at, nameEnd), at, nameEnd);
        return;
      }
      const char = String.fromCodePoint(this.#source.codePointAt(at) ?? 0);
      this.#fail(at, `Unexpected character '${char}'`);
    }
    const end = at + operator.length;
    if (operator === '(' || operator === '[' || operator === '{') {
      nesting.push({ bracket: operator, at });
    } else if (operator === ')' || operator === ']' || operator === '}') {
      const inner = nesting.pop();
      if (inner === undefined) this.#fail(at, `Unexpected '${operator}'`, endHint(close));
      if (inner.bracket !== closing[operator]) {
        this.#fail(at, `Unexpected '${operator}', expected '${opening[inner.bracket] ?? ''}'`);
      }
    }
    this.#at = end;
    this.#push('operator', operator, at, end);
  }
}

function endHint(close: string): string | undefined {
  return close === '' ? undefined : `The tag ends with '${close}'.`;
}

function isNameStart(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
