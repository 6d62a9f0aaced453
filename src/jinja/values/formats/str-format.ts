import { Fault } from '../fault.js';
import type { Meter } from '../limits.js';
import { repr, toText } from '../text.js';
import { typeName } from '../type-name.js';
import type { Kwargs, Value } from '../value.js';
import { aligned, floatDigits, grouped, intDigits, magnitude } from './format-number.js';

/** How `{a.b[0]}` looks up: handed in, since lookup needs the methods and they need this. */
export interface FieldLookup {
  attribute(value: Value, name: string): Value;
  item(value: Value, key: Value): Value;
}

/** Python's `format.format(*args, **kwargs)`. */
export function strFormat(
  format: string,
  args: readonly Value[],
  kwargs: Kwargs,
  lookup: FieldLookup,
  meter: Meter,
): string {
  return new Formatter(args, kwargs, lookup, meter).format(format, 2);
}

class Formatter {
  readonly #args: readonly Value[];
  readonly #kwargs: Kwargs;
  readonly #lookup: FieldLookup;
  readonly #meter: Meter;
  #automatic = 0;
  #numbering: 'automatic' | 'manual' | undefined;

  constructor(args: readonly Value[], kwargs: Kwargs, lookup: FieldLookup, meter: Meter) {
    this.#args = args;
    this.#kwargs = kwargs;
    this.#lookup = lookup;
    this.#meter = meter;
  }

  format(format: string, depth: number): string {
    if (depth < 0) throw new Fault('The fields of the format are nested too deeply');
    let out = '';
    let i = 0;
    while (i < format.length) {
      const char = format[i] ?? '';
      if ((char === '{' || char === '}') && format[i + 1] === char) {
        out += char;
        i += 2;
      } else if (char === '{') {
        const end = this.#endOfField(format, i);
        out += this.#field(format.slice(i + 1, end), depth);
        this.#meter.text(out.length);
        i = end + 1;
      } else if (char === '}') {
        throw new Fault("Single '}' encountered in format string");
      } else {
        out += char;
        i += 1;
      }
    }
    return out;
  }

  #endOfField(format: string, start: number): number {
    let depth = 0;
    for (let i = start; i < format.length; i += 1) {
      if (format[i] === '{') depth += 1;
      else if (format[i] === '}') {
        depth -= 1;
        if (depth === 0) return i;
      }
    }
    throw new Fault("expected '}' before end of string");
  }

  #field(field: string, depth: number): string {
    const parts = /^((?:[^:![]|\[[^\]]*\])*)(?:!([^:]*))?(?::([^]*))?$/.exec(field);
    if (parts === null) throw new Fault(`'${field}' is not a valid field of a format string`);
    const [, name = '', conversion, spec = ''] = parts;
    const value = this.#value(name);
    const layout = spec.includes('{') ? this.format(spec, depth - 1) : spec;
    if (conversion === undefined) return formatValue(value, layout, this.#meter);
    if (conversion !== 's' && conversion !== 'r' && conversion !== 'a') {
      throw new Fault(`Unknown conversion specifier '${conversion}'`);
    }
    return formatValue(conversion === 's' ? toText(value) : repr(value), layout, this.#meter);
  }

  #value(name: string): Value {
    const [, first = '', path = ''] = /^([^.[]*)([^]*)$/.exec(name) ?? [];
    let value = this.#first(first);
    for (const step of path.matchAll(/\.([^.[]+)|\[([^\]]+)\]|[^]/g)) {
      const [all, attribute, key] = step;
      if (attribute !== undefined) value = this.#lookup.attribute(value, attribute);
      else if (key !== undefined) {
        value = this.#lookup.item(value, /^\d+$/.test(key) ? Number(key) : key);
      } else throw new Fault(`Unexpected '${all}' in the field '${name}'`);
    }
    return value;
  }

  #first(name: string): Value {
    if (name !== '' && !/^\d+$/.test(name)) {
      const named = this.#kwargs.get(name);
      if (named === undefined) throw new Fault(`The format uses '${name}', which has no value`);
      return named;
    }
    const numbering = name === '' ? 'automatic' : 'manual';
    if (this.#numbering !== undefined && this.#numbering !== numbering) {
      throw new Fault('cannot switch between manual and automatic field numbering');
    }
    this.#numbering = numbering;
    const index = name === '' ? this.#automatic : Number(name);
    if (name === '') this.#automatic += 1;
    const value = this.#args[index];
    if (value === undefined) {
      throw new Fault(`Replacement index ${index} out of range for positional args tuple`);
    }
    return value;
  }
}

const specification = /^(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?(.)?$/su;

/** Python's `format(value, spec)` of texts and numbers. */
export function formatValue(value: Value, spec: string, meter: Meter): string {
  if (spec === '') return toText(value);
  const parts = specification.exec(spec);
  if (parts === null) throw new Fault(`Invalid format specifier '${spec}'`);
  const [, givenFill, givenAlign, sign = '', alternate, zero, w, grouping, p, type = ''] = parts;
  const width = w === undefined ? 0 : Number(w);
  const precision = p === undefined ? undefined : Number(p);
  meter.text(width + (precision ?? 0));
  const fill = givenFill ?? (zero === undefined ? ' ' : '0');
  const number = typeof value === 'boolean' && type === '' ? undefined : magnitude(value);
  if (number === undefined) {
    const isText = typeof value === 'string' || typeof value === 'boolean';
    if (!isText || (type !== 's' && type !== '') || sign !== '' || givenAlign === '=') {
      throw new Fault(`The format '${spec}' does not fit a value of type '${typeName(value)}'`);
    }
    const whole = toText(value);
    const text = precision === undefined ? whole : Array.from(whole).slice(0, precision).join('');
    return aligned('', text, width, givenAlign ?? '<', fill);
  }
  let prefix = number.negative ? '-' : sign === '-' ? '' : sign;
  let digits: string;
  if (!number.isFloat && ['', 'd', 'n', 'b', 'o', 'x', 'X', 'c'].includes(type)) {
    if (precision !== undefined)
      throw new Fault('Precision not allowed in integer format specifier');
    if (type === 'c')
      return aligned(
        '',
        String.fromCodePoint(Number(number.value)),
        width,
        givenAlign ?? '<',
        fill,
      );
    const made = intDigits(number.value, type);
    digits = made.digits;
    if (alternate !== undefined) prefix += made.prefix;
  } else if (['', 'e', 'E', 'f', 'F', 'g', 'G', 'n', '%'].includes(type)) {
    digits = floatDigits(Number(number.value), type, precision, alternate !== undefined);
  } else {
    throw new Fault(`Unknown format code '${type}' for object of type '${typeName(value)}'`);
  }
  const align = givenAlign ?? (zero === undefined ? '>' : '=');
  if (grouping !== undefined) {
    const size = 'boxX'.includes(type) && type !== '' ? 4 : 3;
    if (align === '=' && fill === '0') {
      // The filling zeros are grouped like the digits, and never start with a separator.
      while (prefix.length + grouped(`0${digits}`, grouping, size).length <= width)
        digits = `0${digits}`;
    }
    digits = grouped(digits, grouping, size);
  }
  return aligned(prefix, digits, width, align, fill);
}
