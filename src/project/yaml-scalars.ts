/**
 * How plain YAML scalars become values: by the rules of YAML 1.1 as PyYAML has
 * them, because dbt reads the same files with it. So `yes` and `off` are
 * booleans while `y` is a string, `010` is eight, and `1e3` without a dot is a
 * string. Dates stay strings: dbt turns them into ISO text anyway.
 */
import { Scalar, type ScalarTag } from 'yaml';

/** Makes the value of a float, given the number and its text in the file. */
export type FloatMaker = (value: number, text: string) => unknown;

const nullTag: ScalarTag = {
  identify: (value) => value === null,
  createNode: () => new Scalar(null),
  default: true,
  tag: 'tag:yaml.org,2002:null',
  test: /^(?:~|[Nn]ull|NULL)?$/,
  resolve: () => new Scalar(null),
};

const boolTag: ScalarTag = {
  identify: (value) => typeof value === 'boolean',
  default: true,
  tag: 'tag:yaml.org,2002:bool',
  test: /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/,
  resolve: (text) => /^(?:y|t|on)/i.test(text),
};

function exactInt(text: string, radix: 2 | 8 | 10 | 16): number | bigint {
  const negative = text.startsWith('-');
  const digits = text.replace(/^[-+]/, '').replaceAll('_', '');
  const prefix = { 2: '', 8: '0o', 10: '', 16: '' }[radix];
  const body = radix === 8 ? digits.replace(/^0/, '') : digits;
  const size = BigInt(prefix + body);
  const value = negative ? -size : size;
  const safe = value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER;
  return safe ? Number(value) : value;
}

/** `1:30:00` counts in sixties, as in YAML 1.1. */
function sexagesimal(text: string): number {
  const parts = text
    .replace(/^[-+]/, '')
    .replaceAll('_', '')
    .split(':')
    .map(Number)
    .reduce((sum, part) => sum * 60 + part, 0);
  return text.startsWith('-') ? -parts : parts;
}

function intTag(test: RegExp, resolve: (text: string) => number | bigint): ScalarTag {
  return {
    identify: (value) => typeof value === 'bigint' || Number.isInteger(value),
    default: true,
    tag: 'tag:yaml.org,2002:int',
    test,
    resolve,
  };
}

function floatTag(test: RegExp, read: (text: string) => number, make: FloatMaker): ScalarTag {
  return {
    identify: (value) => typeof value === 'number',
    default: true,
    tag: 'tag:yaml.org,2002:float',
    test,
    resolve: (text) => make(read(text), text),
  };
}

/** Tags of plain scalars, first match wins; `make` builds the value of floats. */
export function scalarTags(make: FloatMaker): ScalarTag[] {
  return [
    nullTag,
    boolTag,
    intTag(/^[-+]?0b[01_]+$/, (text) => exactInt(text, 2)),
    intTag(/^[-+]?0x[0-9a-fA-F_]+$/, (text) => exactInt(text, 16)),
    intTag(/^[-+]?0[0-7_]+$/, (text) => exactInt(text, 8)),
    intTag(/^[-+]?(?:0|[1-9][0-9_]*)$/, (text) => exactInt(text, 10)),
    intTag(/^[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+$/, sexagesimal),
    floatTag(/^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*$/, sexagesimal, make),
    floatTag(/^[-+]?\.(?:inf|Inf|INF)$/, (t) => (t.startsWith('-') ? -Infinity : Infinity), make),
    floatTag(/^\.(?:nan|NaN|NAN)$/, () => NaN, make),
    floatTag(
      /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)$/,
      (text) => Number(text.replaceAll('_', '')),
      make,
    ),
  ];
}
