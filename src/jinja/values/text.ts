import { Fault } from './fault.js';
import { MacroValue } from './macro-value.js';
import { floatText } from './number-text.js';
import { Undefined } from './undefined.js';
import { Dict, Float, HostFunction, Tuple, type Value } from './value.js';

const maxText = 4_000_000;
const maxDepth = 200;

/**
 * Python's `str(value)`, which is what `{{ value }}` prints. Throws for an undefined
 * value in the strict mode.
 */
export function toText(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value === null) return 'None';
  if (value instanceof Float) return floatText(value.value);
  if (value instanceof Undefined) {
    value.failIfStrict();
    return '';
  }
  if (Array.isArray(value) || value instanceof Dict || value instanceof Tuple) {
    return repr(value);
  }
  if (value instanceof MacroValue) return `<Macro '${value.name}'>`;
  if (value instanceof HostFunction) return `<function ${value.name}>`;
  return value.toText();
}

/** Python's `repr(value)`, which is how a value looks inside a printed list. */
export function repr(value: Value): string {
  const writer = new Writer();
  writer.write(value);
  return writer.text;
}

class Writer {
  text = '';
  readonly #open = new Set<Value>();

  write(value: Value): void {
    if (typeof value === 'string') this.text += textRepr(value);
    else if (Array.isArray(value)) this.#nested(value, '[', ']', () => this.#items(value));
    else if (value instanceof Dict) {
      if (value.title === undefined) this.#nested(value, '{', '}', () => this.#pairs(value));
      else this.#ordered(value, value.title);
    } else if (value instanceof Tuple && value.title !== undefined) this.#named(value, value.title);
    else if (value instanceof Tuple) {
      this.#nested(value, '(', ')', () => {
        this.#items(value.items);
        if (value.items.length === 1) this.text += ',';
      });
    } else if (value instanceof Undefined) {
      value.failIfStrict();
      this.text += 'Undefined';
    } else if (value !== null && typeof value === 'object' && 'toRepr' in value) {
      this.text += value.toRepr();
    } else this.text += toText(value);
    if (this.text.length > maxText) throw new Fault('The value is too large to print');
  }

  #nested(value: Value, open: string, close: string, inside: () => void): void {
    if (this.#open.has(value)) {
      this.text += `${open}...${close}`;
      return;
    }
    if (this.#open.size >= maxDepth) throw new Fault('The value is nested too deeply to print');
    this.#open.add(value);
    this.text += open;
    inside();
    this.text += close;
    this.#open.delete(value);
  }

  #ordered(dict: Dict, title: string): void {
    this.#nested(dict, `${title}([`, '])', () => {
      this.#items(Array.from(dict.entries(), (pair) => new Tuple(pair)));
    });
  }

  #named(tuple: Tuple, title: string): void {
    this.#nested(tuple, `${title}(`, ')', () => {
      tuple.items.forEach((item, i) => {
        this.text += `${i === 0 ? '' : ', '}${tuple.names?.[i] ?? ''}=`;
        this.write(item);
      });
    });
  }

  #items(items: readonly Value[]): void {
    let first = true;
    for (const item of items) {
      if (!first) this.text += ', ';
      first = false;
      this.write(item);
    }
  }

  #pairs(dict: Dict): void {
    let first = true;
    for (const [key, value] of dict.entries()) {
      if (!first) this.text += ', ';
      first = false;
      this.write(key);
      this.text += ': ';
      this.write(value);
    }
  }
}

const plain = /^[\x20-\x26\x28-\x5b\x5d-\x7e]*$/;
const unprintable = /[\p{C}\p{Zl}\p{Zp}\p{Zs}]/u;

/** A text in quotes as Python shows it: single ones unless the text holds only such. */
export function textRepr(text: string): string {
  if (plain.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = quote;
  for (const char of text) {
    if (char === quote || char === '\\') out += `\\${char}`;
    else if (char === '\n') out += '\\n';
    else if (char === '\r') out += '\\r';
    else if (char === '\t') out += '\\t';
    else if (char !== ' ' && unprintable.test(char)) out += escapeOf(char);
    else out += char;
  }
  return out + quote;
}

function escapeOf(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
