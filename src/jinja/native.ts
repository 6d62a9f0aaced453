import type { Expression } from './ast.js';
import { Dict } from './dict.js';
import { Fault } from './errors.js';
import { builtinsOf } from './filter.js';
import { parseExpression } from './parse.js';
import { toText } from './text.js';
import { Float, Tuple, type Value } from './values.js';

/** Python's ast.literal_eval: the value of a text that is a literal, else undefined. */
function literalOf(text: string): Value | undefined {
  // Jinja knows these spellings too, Python does not.
  if (/^\s*(?:true|false|none)\s*$/.test(text)) return undefined;
  try {
    return literal(parseExpression(text, { file: '' }).expression);
  } catch {
    return undefined;
  }
}

function literal(node: Expression): Value | undefined {
  if (node.kind === 'constant') return node.value;
  if (node.kind === 'unary' && node.operator !== 'not') {
    const value = literal(node.operand);
    const factor = node.operator === '-' ? -1 : 1;
    if (typeof value === 'number') return value * factor + 0;
    return value instanceof Float ? new Float(value.value * factor) : undefined;
  }
  if (node.kind === 'list' || node.kind === 'tuple') {
    const items = node.items.map(literal);
    if (items.some((item) => item === undefined)) return undefined;
    return node.kind === 'list' ? (items as Value[]) : new Tuple(items as Value[]);
  }
  if (node.kind === 'dict') {
    const dict = new Dict();
    for (const [key, value] of node.pairs) {
      const k = literal(key);
      const v = literal(value);
      if (k === undefined || v === undefined) return undefined;
      dict.set(k, v);
    }
    return dict;
  }
  return undefined;
}

function asBool(value: Value): Value {
  if (typeof value === 'boolean') return value;
  const text = toText(value);
  const word = text.trim().toLowerCase();
  if (word === 'true' || word === 'false') return word === 'true';
  throw new Fault(`Could not convert value '${text}' into type 'bool'`);
}

function asNumber(value: Value): Value {
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof Float)
    return value;
  const text = toText(value);
  const number = literalOf(text.trim());
  if (typeof number === 'number' || typeof number === 'bigint' || number instanceof Float) {
    return number;
  }
  throw new Fault(`Could not convert value '${text}' into type 'number'`);
}

/** dbt's filters for the values in YAML. In SQL they leave the value as it is, as in dbt. */
export const nativeFilters = builtinsOf<Value>({
  as_text: ['', (value, _args, runtime) => (runtime.native ? toText(value) : value)],
  as_bool: ['', (value, _args, runtime) => (runtime.native ? asBool(value) : value)],
  as_number: ['', (value, _args, runtime) => (runtime.native ? asNumber(value) : value)],
  as_native: [
    '',
    (value, _args, runtime) => {
      const literal = runtime.native && typeof value === 'string' ? literalOf(value) : undefined;
      return literal === undefined ? value : literal;
    },
  ],
});
