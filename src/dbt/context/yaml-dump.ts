/** YAML as PyYAML's safe_dump writes it. */
import { TechstoreError } from '../../errors.js';
import { compare, Dict, Float, Tuple, toText, type Value } from '../../jinja/index.js';
import { DateTimeValue } from '../python/datetime.js';
import { loadYaml } from './yaml-load.js';

/** Longest line, but for words that are longer themselves. */
const width = 80;
const maxDepth = 100;

/** @throws TechstoreError for a value that is no plain data */
export function dumpYaml(value: Value, options: { readonly sortKeys: boolean }): string {
  const text = new Dumper(options.sortKeys).node(value, 0, 0, false);
  const isCollection = Array.isArray(value) || value instanceof Dict || value instanceof Tuple;
  if (isCollection) return `${text.replace(/^\n/, '')}\n`;
  return typeof value === 'string' && /^['"]/.test(text) ? `${text}\n` : `${text}\n...\n`;
}

class Dumper {
  readonly #sortKeys: boolean;

  constructor(sortKeys: boolean) {
    this.#sortKeys = sortKeys;
  }

  /**
   * A value behind `key:` or `-`; one that takes lines of its own begins with the line's end.
   *
   * @param column where the text of a scalar begins on its line
   */
  node(value: Value, indent: number, column: number, inList: boolean): string {
    if (indent > maxDepth * 2) throw refused('it is nested too deeply');
    if (Array.isArray(value)) return this.#list(value, indent, inList);
    if (value instanceof Tuple) return this.#list(value.items, indent, inList);
    if (value instanceof Dict) return this.#dict(value, indent, inList);
    if (typeof value === 'string') return scalar(value, indent, column);
    if (value === null) return 'null';
    if (typeof value === 'boolean') return value ? 'true' : 'false';
    if (typeof value === 'number' || typeof value === 'bigint') return String(value);
    if (value instanceof Float) return floatText(value.value);
    if (value instanceof DateTimeValue) return value.toText();
    throw refused('it holds a value that is no plain data');
  }

  #list(items: readonly Value[], indent: number, inList: boolean): string {
    if (items.length === 0) return '[]';
    const pad = ' '.repeat(indent);
    const lines = items.map((item) => `- ${this.node(item, indent + 2, indent + 2, true)}`);
    return (inList ? '' : `\n${pad}`) + lines.join(`\n${pad}`);
  }

  #dict(dict: Dict, indent: number, inList: boolean): string {
    if (dict.size === 0) return '{}';
    const pad = ' '.repeat(indent);
    const entries = [...dict.entries()];
    if (this.#sortKeys) entries.sort(([a], [b]) => compare(a, b));
    const lines = entries.map(([key, value]) => {
      const name = `${this.node(key, indent, indent, false)}:`;
      // Lists stand as far left as the key that holds them.
      const inner = value instanceof Dict ? indent + 2 : indent;
      const scalarIndent = Array.isArray(value) || value instanceof Tuple ? inner : indent + 2;
      const text = this.node(value, scalarIndent, indent + name.length + 1, false);
      return text.startsWith('\n') ? name + text : `${name} ${text}`;
    });
    return (inList ? '' : `\n${pad}`) + lines.join(`\n${pad}`);
  }
}

function refused(why: string): TechstoreError {
  return new TechstoreError('compilation', `The value cannot be written as YAML: ${why}`);
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  const text = toText(new Float(value));
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}

const special = /[^\t\n\x20-\x7e]/;
const indicators = /^[-?:](?:\s|$)|^[,[\]{}#&*!|>'"%@`]|: |:$| #|^---|^\.\.\.|^[=]$/;

function scalar(text: string, indent: number, column: number): string {
  if (special.test(text)) return doubleQuoted(text);
  const isPlain =
    text !== '' &&
    !/^\s|\s$|\n/.test(text) &&
    !indicators.test(text) &&
    typeof safeValue(text) === 'string';
  const pad = ' '.repeat(indent);
  return isPlain
    ? folded(text, column, pad)
    : `'${folded(text.replaceAll("'", "''"), column + 1, pad)}'`;
}

function safeValue(text: string): Value {
  try {
    return loadYaml(text);
  } catch {
    return null;
  }
}

/** Breaks lines at single spaces once they are longer than the width; a line end needs an empty line. */
function folded(text: string, column: number, pad: string): string {
  let at = column;
  return text
    .split('\n')
    .map((line) => {
      let out = '';
      const words = line.split(/(?<=[^ ]) (?=[^ ])/);
      words.forEach((word, i) => {
        if (i > 0) {
          if (at > width) {
            out += `\n${pad}`;
            at = pad.length;
          } else {
            out += ' ';
            at += 1;
          }
        }
        out += word;
        at += word.length;
      });
      at = pad.length;
      return out;
    })
    .join(`\n\n${pad}`);
}

const escapes: Readonly<Record<string, string>> = {
  '"': String.raw`\"`,
  '\\': '\\\\',
  '\0': '\\0',
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\u001b': '\\e',
  '\u0085': '\\N',
  '\u00a0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

function doubleQuoted(text: string): string {
  const inside = Array.from(text, (char) => {
    const known = escapes[char];
    if (known !== undefined) return known;
    const code = char.codePointAt(0) ?? 0;
    if (code >= 0x20 && code <= 0x7e) return char;
    const hex = code.toString(16).toUpperCase();
    if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
    return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
  });
  return `"${inside.join('')}"`;
}
