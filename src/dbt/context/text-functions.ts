/** Functions of dbt that make texts of values and values of texts: JSON, YAML, MD5. */
import { createHash } from 'node:crypto';
import { TechstoreError } from '../../errors.js';
import { parseJson, toJson, type Kwargs, type Value } from '../../jinja/index.js';
import { Arguments, hostFunction } from '../host-values.js';
import { dumpYaml } from './yaml-dump.js';
import { loadYaml } from './yaml-load.js';

/** @throws TechstoreError for a value that is no text, as Python's TypeError */
function textOf(given: Arguments, name: string, what: string): string {
  const value = given.get(name);
  if (typeof value === 'string') return value;
  throw new TechstoreError('compilation', `${what}() needs a text`);
}

/** Reads a text; what is not of that form is the default, None if there is none. */
function reading(name: string, parameter: string, read: (text: string) => Value): Value {
  return hostFunction(name, (args, kwargs) => {
    const given = new Arguments(name, [parameter, 'default'], args, kwargs);
    const text = textOf(given, parameter, name);
    try {
      return read(text);
    } catch {
      return given.get('default') ?? null;
    }
  });
}

/** @param isForgiving whether None stands for what cannot be written, as with toyaml of dbt */
function writing(
  name: string,
  write: (value: Value, sortKeys: boolean) => string,
  isForgiving: boolean,
): Value {
  return hostFunction(name, (args, kwargs) => {
    const given = new Arguments(name, ['value', 'default', 'sort_keys'], args, kwargs);
    try {
      return write(given.get('value') ?? null, given.flag('sort_keys', false));
    } catch (error) {
      if (isForgiving) return given.get('default') ?? null;
      throw new TechstoreError('compilation', `${name}() cannot write this value`, {
        cause: error,
        hint: 'Write lists, dicts, texts, numbers, true, false and none.',
      });
    }
  });
}

export function textFunctions(): [string, Value][] {
  const md5 = hostFunction('local_md5', (args: readonly Value[], kwargs: Kwargs) =>
    createHash('md5')
      .update(new Arguments('local_md5', ['value'], args, kwargs).text('value'))
      .digest('hex'),
  );
  return [
    ['tojson', writing('tojson', (value, sortKeys) => toJson(value, { sortKeys }), false)],
    ['toyaml', writing('toyaml', (value, sortKeys) => dumpYaml(value, { sortKeys }), true)],
    ['fromjson', reading('fromjson', 'string', parseJson)],
    ['fromyaml', reading('fromyaml', 'value', loadYaml)],
    ['local_md5', md5],
  ];
}
