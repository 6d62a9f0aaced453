import { literalValue } from '../parse/literal.js';
import { parseExpression } from '../parse/parse.js';
import { Fault } from '../values/fault.js';
import { toText } from '../values/text.js';
import { Float, type Value } from '../values/value.js';
import { builtinsOf } from './builtin.js';

/** Python's ast.literal_eval: the value of a text that is a literal, else undefined. */
function literalOf(text: string): Value | undefined {
  // Jinja knows these spellings too, Python does not.
  if (/^\s*(?:true|false|none)\s*$/.test(text)) return undefined;
  try {
    return literalValue(parseExpression(text, { file: '' }).expression);
  } catch {
    return undefined;
  }
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
  is_list: ['', (value) => Array.isArray(value)],
  as_text: ['', (value, _args, context) => (context.native ? toText(value) : value)],
  as_bool: ['', (value, _args, context) => (context.native ? asBool(value) : value)],
  as_number: ['', (value, _args, context) => (context.native ? asNumber(value) : value)],
  as_native: [
    '',
    (value, _args, context) => {
      const literal = context.native && typeof value === 'string' ? literalOf(value) : undefined;
      return literal === undefined ? value : literal;
    },
  ],
});
