import { compare } from './compare.js';
import { fromHost } from './convert.js';
import { Fault } from './fault.js';
import { floatText } from './number-text.js';
import { typeName } from './type-name.js';
import { Undefined } from './undefined.js';
import { Dict, Float, HostObject, Tuple, int, type Value } from './value.js';

export interface ToJsonOptions {
  /** Default false. */
  readonly sortKeys?: boolean;
  /** Spaces of each level; undefined for one line. */
  readonly indent?: number;
  /** Writes `<`, `>`, `&` and `'` as escapes, as Jinja's filter does. Default false. */
  readonly escapeHtml?: boolean;
}

const maxDepth = 200;
const maxText = 16_000_000;

/** Python's `json.dumps(value)`: `", "` and `": "` between, and ASCII only. Throws for what JSON has not. */
export function toJson(value: Value, options: ToJsonOptions = {}): string {
  const text = new JsonWriter(options).write(value, 0);
  if (options.escapeHtml !== true) return text;
  return text.replace(/[<>&']/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

class JsonWriter {
  readonly #options: ToJsonOptions;
  #length = 0;

  constructor(options: ToJsonOptions) {
    this.#options = options;
  }

  write(value: Value, depth: number): string {
    if (depth > maxDepth) throw new Fault('The value is nested too deeply for JSON');
    const text = this.#text(value, depth);
    this.#length += text.length;
    if (this.#length > maxText) throw new Fault('The value is too large for JSON');
    return text;
  }

  #text(value: Value, depth: number): string {
    if (value === null) return 'null';
    if (typeof value === 'string') return jsonText(value);
    if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint') {
      return String(value);
    }
    if (value instanceof Float) {
      if (Number.isFinite(value.value)) return floatText(value.value);
      return Number.isNaN(value.value) ? 'NaN' : value.value > 0 ? 'Infinity' : '-Infinity';
    }
    if (Array.isArray(value)) return this.#list(value, depth);
    if (value instanceof Tuple) return this.#list(value.items, depth);
    if (value instanceof Dict) return this.#dict(value, depth);
    if (value instanceof Undefined) value.fail();
    if (value instanceof HostObject) {
      const plain = value.toHost?.();
      if (plain !== undefined && plain !== value) return this.write(fromHost(plain), depth + 1);
    }
    throw new Fault(`Object of type ${typeName(value)} is not JSON serializable`);
  }

  #list(items: readonly Value[], depth: number): string {
    return this.#around(
      '[',
      ']',
      items.map((item) => this.write(item, depth + 1)),
      depth,
    );
  }

  #dict(dict: Dict, depth: number): string {
    const entries = [...dict.entries()];
    if (this.#options.sortKeys === true) entries.sort(([a], [b]) => compare(a, b));
    const parts = entries.map(
      ([key, value]) => `${jsonText(this.#key(key))}: ${this.write(value, depth + 1)}`,
    );
    return this.#around('{', '}', parts, depth);
  }

  #key(key: Value): string {
    if (typeof key === 'string') return key;
    if (key instanceof Tuple || key instanceof HostObject) {
      throw new Fault(`keys must be str, int, float, bool or None, not ${typeName(key)}`);
    }
    return this.#text(key, 0);
  }

  #around(open: string, close: string, parts: readonly string[], depth: number): string {
    const { indent } = this.#options;
    if (indent === undefined || parts.length === 0) return open + parts.join(', ') + close;
    const inner = `\n${' '.repeat(indent * (depth + 1))}`;
    return `${open}${inner}${parts.join(`,${inner}`)}\n${' '.repeat(indent * depth)}${close}`;
  }
}

function jsonText(text: string): string {
  // JSON.stringify leaves characters past ASCII and DEL as they are.
  return JSON.stringify(text).replace(/[\x7f-\uffff]/g, (c) =>
    c === '\x7f' ? c : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Python's `json.loads(text)`: 1 is an int and 1.0 a float. Throws for a text that is no JSON. */
export function parseJson(text: string): Value {
  return new JsonReader(text).document();
}

const jsonToken =
  /[ \t\n\r]*(?:([[\]{},:])|("(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null|NaN|-?Infinity))/y; // eslint-disable-line no-control-regex

const words: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', new Float(NaN)],
  ['Infinity', new Float(Infinity)],
  ['-Infinity', new Float(-Infinity)],
]);

class JsonReader {
  readonly #source: string;
  #at = 0;
  #token: RegExpExecArray | undefined;

  constructor(source: string) {
    this.#source = source;
  }

  document(): Value {
    this.#next();
    const value = this.#value(0);
    if (/[^ \t\n\r]/.test(this.#source.slice(this.#at)) || this.#token !== undefined) {
      this.#fail();
    }
    return value;
  }

  #fail(): never {
    throw new Fault(`The text is not valid JSON at character ${this.#at + 1}`);
  }

  #next(): void {
    jsonToken.lastIndex = this.#at;
    const token = jsonToken.exec(this.#source);
    this.#token = token ?? undefined;
    if (token !== null) this.#at = jsonToken.lastIndex;
  }

  #punctuation(): string | undefined {
    return this.#token?.[1];
  }

  #value(depth: number): Value {
    if (this.#token === undefined || depth > maxDepth) this.#fail();
    const [, punctuation, text, number, word] = this.#token;
    if (punctuation === '[') return this.#list(depth);
    if (punctuation === '{') return this.#dict(depth);
    this.#next();
    if (text !== undefined) return JSON.parse(text) as string;
    if (number !== undefined) {
      return /[.eE]/.test(number) ? new Float(Number(number)) : int(BigInt(number));
    }
    return words.get(word ?? '') ?? (word === 'null' ? null : this.#fail());
  }

  #list(depth: number): Value[] {
    const items: Value[] = [];
    this.#next();
    while (this.#punctuation() !== ']') {
      if (items.length > 0) this.#comma();
      items.push(this.#value(depth + 1));
    }
    this.#next();
    return items;
  }

  #dict(depth: number): Dict {
    const dict = new Dict();
    this.#next();
    while (this.#punctuation() !== '}') {
      if (dict.size > 0) this.#comma();
      const key = this.#token?.[2];
      if (key === undefined) this.#fail();
      this.#next();
      if (this.#punctuation() !== ':') this.#fail();
      this.#next();
      dict.set(JSON.parse(key) as string, this.#value(depth + 1));
    }
    this.#next();
    return dict;
  }

  #comma(): void {
    if (this.#punctuation() !== ',') this.#fail();
    this.#next();
  }
}
