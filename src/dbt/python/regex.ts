/** Regular expressions of Python, translated to those of JavaScript: same matches, same groups. */
import { TechstoreError } from '../../errors.js';

/** Python's flags by their letter in `(?ims)`. */
export const flagsByLetter: Readonly<Record<string, number>> = {
  i: 2,
  L: 4,
  m: 8,
  s: 16,
  u: 32,
  x: 64,
  a: 256,
};

const ignoreCase = 2;
const multiline = 8;
const dotAll = 16;
const unicode = 32;
const verbose = 64;
const ascii = 256;

const word = String.raw`[\p{L}\p{N}_]`;
const start = String.raw`(?<![\s\S])`;
const end = String.raw`(?![\s\S])`;
/** What stands for a class of characters, inside of brackets: Python's include all of Unicode. */
const classes: Readonly<Record<string, string>> = {
  d: String.raw`\p{Nd}`,
  w: word,
  s: String.raw`[\s\x1c-\x1f\x85]`,
};
const asciiClasses: Readonly<Record<string, string>> = {
  d: '[0-9]',
  w: '[a-zA-Z0-9_]',
  s: String.raw`[ \t\n\r\f\v]`,
};
const controls: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

export interface Translated {
  /** Source for a RegExp with the flag `v`. */
  readonly source: string;
  readonly flags: number;
  readonly groups: number;
  readonly groupIndex: ReadonlyMap<string, number>;
  /** How many parts may repeat without a bound: with two or more it may take very long. */
  readonly repeats: number;
}

/** @throws TechstoreError for what is no pattern, and for the few things that JavaScript lacks */
export function translate(pattern: string, flags: number): Translated {
  return new Translator(pattern, flags).translate();
}

function literal(codePoint: number): string {
  const char = String.fromCodePoint(codePoint);
  return /[\p{L}\p{N}_ ]/u.test(char) ? char : `\\u{${codePoint.toString(16)}}`;
}

class Translator {
  readonly #chars: readonly string[];
  #at = 0;
  #flags: number;
  #groups = 0;
  #repeats = 0;
  #open = 0;
  readonly #names = new Map<string, number>();

  constructor(pattern: string, flags: number) {
    this.#chars = Array.from(pattern);
    this.#flags = flags | ((flags & ascii) === 0 ? unicode : 0);
  }

  translate(): Translated {
    this.#flags |= this.#leadingFlags();
    let source = '';
    while (this.#at < this.#chars.length) source += this.#next();
    if (this.#open > 0) this.#fail('missing ), unterminated subpattern');
    return {
      source,
      flags: this.#flags,
      groups: this.#groups,
      groupIndex: this.#names,
      repeats: this.#repeats,
    };
  }

  #is(flag: number): boolean {
    return (this.#flags & flag) !== 0;
  }

  #fail(problem: string): never {
    throw new TechstoreError(
      'compilation',
      `The regular expression ${this.#chars.join('')} is not valid: ${problem} at position ${this.#at}`,
    );
  }

  #refuse(what: string): never {
    throw new TechstoreError(
      'unsupported',
      `modules.re does not support ${what} in ${this.#chars.join('')}`,
      { hint: 'Write the pattern in another way, or match it in SQL.' },
    );
  }

  #follows(text: string): boolean {
    return this.#chars.slice(this.#at, this.#at + text.length).join('') === text;
  }

  #take(pattern: RegExp): string | undefined {
    const match = pattern.exec(this.#chars.slice(this.#at).join(''));
    if (match?.index !== 0) return undefined;
    this.#at += Array.from(match[0]).length;
    return match[0];
  }

  /** `(?im)` at the start of the pattern. */
  #leadingFlags(): number {
    const given = this.#take(/^\(\?[aiLmsux]+\)/);
    return [...(given ?? '').slice(2, -1)].reduce((all, c) => all | (flagsByLetter[c] ?? 0), 0);
  }

  #next(): string {
    const char = this.#chars[this.#at] ?? '';
    switch (char) {
      case '\\':
        return this.#escape();
      case '[':
        return this.#class();
      case '(':
        return this.#group();
      case ')':
        this.#open -= 1;
        if (this.#open < 0) this.#fail('unbalanced parenthesis');
        this.#at += 1;
        return `)`;
      case '^':
        this.#at += 1;
        return this.#is(multiline) ? String.raw`(?<![^\n])` : start;
      case '$':
        this.#at += 1;
        return this.#is(multiline) ? String.raw`(?![^\n])` : String.raw`(?=\n?${end})`;
      case '.':
        this.#at += 1;
        return this.#is(dotAll) ? String.raw`[\s\S]` : String.raw`[^\n]`;
      case '*':
      case '+':
      case '?':
        return this.#quantifier(char);
      case '{':
        return this.#braces();
      case '|':
        this.#at += 1;
        return '|';
      case '#':
        if (this.#is(verbose)) {
          this.#take(/^#[^\n]*/);
          return '';
        }
        break;
      default:
        if (this.#is(verbose) && /\s/.test(char)) {
          this.#at += 1;
          return '';
        }
    }
    this.#at += 1;
    return literal(char.codePointAt(0) ?? 0);
  }

  #quantifier(char: string): string {
    this.#at += 1;
    if (char !== '?') this.#repeats += 1;
    return char + this.#lazy();
  }

  #lazy(): string {
    if (this.#follows('+')) this.#refuse('possessive quantifiers');
    if (!this.#follows('?')) return '';
    this.#at += 1;
    return '?';
  }

  /** `{2,3}`, or a brace that stands for itself. */
  #braces(): string {
    const counts = this.#take(/^\{(\d+|\d*,\d*)\}/);
    if (counts === undefined || counts === '{,}') {
      if (counts === undefined) this.#at += 1;
      if (counts !== undefined) {
        this.#repeats += 1;
        return `*${this.#lazy()}`;
      }
      return String.raw`\{`;
    }
    if (counts.endsWith(',}')) this.#repeats += 1;
    return counts.replace('{,', '{0,') + this.#lazy();
  }

  #group(): string {
    this.#at += 1;
    this.#open += 1;
    const named = this.#take(/^\?P<[\p{L}_][\p{L}\p{N}_]*>/u);
    if (named !== undefined) {
      const name = named.slice(3, -1);
      if (this.#names.has(name)) this.#fail(`redefinition of group name '${name}'`);
      this.#groups += 1;
      this.#names.set(name, this.#groups);
      return '(';
    }
    const back = this.#take(/^\?P=[\p{L}_][\p{L}\p{N}_]*\)/u);
    if (back !== undefined) {
      this.#open -= 1;
      const index = this.#names.get(back.slice(3, -1));
      if (index === undefined) this.#fail(`unknown group name '${back.slice(3, -1)}'`);
      return `(?:\\${index})`;
    }
    if (this.#take(/^\?#[^)]*\)/) !== undefined) {
      this.#open -= 1;
      return '';
    }
    const look = this.#take(/^\?(?::|=|!|<=|<!)/);
    if (look !== undefined) return `(${look}`;
    if (this.#follows('?>')) this.#refuse('atomic groups');
    if (this.#follows('?(')) this.#refuse('conditional groups');
    if (this.#follows('?')) this.#refuse('flags for a part of a pattern, or this kind of group,');
    this.#groups += 1;
    return '(';
  }

  #escape(): string {
    const char = this.#chars[this.#at + 1];
    if (char === undefined) this.#fail('bad escape (end of pattern)');
    const lower = char.toLowerCase();
    const named = this.#class1(lower);
    if (named !== undefined) {
      this.#at += 2;
      return char === lower ? named : `[^${named}]`;
    }
    const anchors: Readonly<Record<string, string>> = {
      A: start,
      Z: end,
      b: `(?:(?<=${this.#word})(?!${this.#word})|(?<!${this.#word})(?=${this.#word}))`,
      B: `(?:(?<=${this.#word})(?=${this.#word})|(?<!${this.#word})(?!${this.#word}))`,
    };
    const anchor = anchors[char];
    if (anchor !== undefined) {
      this.#at += 2;
      return anchor;
    }
    const back = this.#take(/^\\[1-9]\d?/);
    if (back !== undefined) {
      if (Number(back.slice(1)) > this.#groups) this.#fail('invalid group reference');
      return `(?:${back})`;
    }
    return literal(this.#escapedChar());
  }

  get #word(): string {
    return this.#is(ascii) ? '[a-zA-Z0-9_]' : word;
  }

  #class1(letter: string): string | undefined {
    return this.#is(ascii) ? asciiClasses[letter] : classes[letter];
  }

  /** The character that an escape stands for, which is the same inside of brackets and outside. */
  #escapedChar(): number {
    const hex = this.#take(/^\\(?:x[\da-f]{2}|u[\da-f]{4}|U[\da-f]{8})/i);
    if (hex !== undefined) return Number.parseInt(hex.slice(2), 16);
    const octal = this.#take(/^\\0[0-7]{0,2}/);
    if (octal !== undefined) return Number.parseInt(octal.slice(1), 8);
    const char = this.#chars[this.#at + 1] ?? this.#fail('bad escape (end of pattern)');
    const control = controls[char];
    if (control === undefined && /[a-zA-Z0-9]/.test(char)) this.#fail(`bad escape \\${char}`);
    this.#at += 2;
    return control ?? char.codePointAt(0) ?? 0;
  }

  #class(): string {
    this.#at += 1;
    let out = '[';
    if (this.#follows('^')) {
      this.#at += 1;
      out += '^';
    }
    for (let first = true; ; first = false) {
      const char = this.#chars[this.#at];
      if (char === undefined) this.#fail('unterminated character set');
      if (char === ']' && !first) break;
      out += this.#member();
    }
    this.#at += 1;
    return `${out}]`;
  }

  /** A character, a range or a class inside of brackets. */
  #member(): string {
    const from = this.#classChar();
    if (typeof from === 'string') return from;
    const isRange = this.#follows('-') && this.#chars[this.#at + 1] !== ']';
    if (!isRange || this.#chars[this.#at + 1] === undefined) return literal(from);
    this.#at += 1;
    const to = this.#classChar();
    if (typeof to === 'string' || to < from) this.#fail('bad character range');
    return `${literal(from)}-${literal(to)}`;
  }

  #classChar(): number | string {
    const char = this.#chars[this.#at] ?? '';
    if (char !== '\\') {
      this.#at += 1;
      return char.codePointAt(0) ?? 0;
    }
    const letter = this.#chars[this.#at + 1] ?? '';
    const named = this.#class1(letter.toLowerCase());
    if (named !== undefined) {
      this.#at += 2;
      return letter === letter.toLowerCase() ? named : `[^${named}]`;
    }
    if (letter === 'b') {
      this.#at += 2;
      return 8;
    }
    return this.#escapedChar();
  }
}

/** The flags of JavaScript for a translated pattern, with indices of groups. */
export function scriptFlags(flags: number): string {
  return `dv${(flags & ignoreCase) === 0 ? '' : 'i'}`;
}
