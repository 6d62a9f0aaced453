/** Runs translated patterns over texts, with Python's positions: characters, not code units. */
import vm from 'node:vm';
import { TechstoreError } from '../../errors.js';
import { scriptFlags, translate, type Translated } from './regex.js';

/** How long one pattern may run over one text, in milliseconds. */
const longest = 5_000;
const sandbox = vm.createContext({});
const search = new vm.Script('regex.exec(text)');

export class Pattern {
  readonly source: string;
  readonly translated: Translated;
  readonly #regexes = new Map<string, RegExp>();

  /** @throws TechstoreError for what is no pattern */
  constructor(source: string, flags: number) {
    this.source = source;
    this.translated = translate(source, flags);
    this.#regex('g', '');
  }

  /** The first match at or after a code unit. */
  search(text: string, from: number): RegExpExecArray | null {
    return this.#run(this.#regex('g', ''), text, from);
  }

  /** The match that begins at a code unit. */
  match(text: string, from: number): RegExpExecArray | null {
    return this.#run(this.#regex('y', ''), text, from);
  }

  fullmatch(text: string): RegExpExecArray | null {
    return this.#run(this.#regex('y', String.raw`(?![\s\S])`), text, 0);
  }

  /** All matches from left to right, as Python's finditer finds them. */
  *matches(text: string): Generator<RegExpExecArray> {
    let at = 0;
    while (at <= text.length) {
      const match = this.search(text, at);
      if (match === null) return;
      yield match;
      const end = match.index + match[0].length;
      at = match[0] === '' ? end + ((text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1) : end;
    }
  }

  #regex(mode: 'g' | 'y', suffix: string): RegExp {
    const key = mode + suffix;
    const known = this.#regexes.get(key);
    if (known !== undefined) return known;
    const { source, flags } = this.translated;
    try {
      const body = suffix === '' ? source : `(?:${source})${suffix}`;
      const regex = new RegExp(body, scriptFlags(flags) + mode);
      this.#regexes.set(key, regex);
      return regex;
    } catch (error) {
      throw new TechstoreError(
        'compilation',
        `The regular expression ${this.source} is not valid`,
        { cause: error },
      );
    }
  }

  #run(regex: RegExp, text: string, from: number): RegExpExecArray | null {
    regex.lastIndex = from;
    // One repeated part takes time in proportion; several may take longer than anyone waits.
    if (this.translated.repeats < 2 && text.length < 10_000) return regex.exec(text);
    Object.assign(sandbox, { regex, text });
    try {
      return search.runInContext(sandbox, { timeout: longest }) as RegExpExecArray | null;
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      throw new TechstoreError(
        'compilation',
        `The regular expression ${this.source} took more than ${longest / 1000} seconds`,
        { hint: 'Write it without repeats inside of repeats.' },
      );
    }
  }
}

const beyondBasic = /[\ud800-\udbff]/;

/** The position in characters of a code unit of a text. */
export function characterAt(text: string, unit: number): number {
  return unit < 1 || !beyondBasic.test(text) ? unit : Array.from(text.slice(0, unit)).length;
}
