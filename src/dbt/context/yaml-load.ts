/** YAML as PyYAML's safe_load reads it: values of YAML 1.1, with dates. */
import { isScalar, parseDocument, Scalar, type ScalarTag } from 'yaml';
import { Float, fromHost, type Value } from '../../jinja/index.js';
import { scalarTags } from '../../project/index.js';
import { DateTimeValue } from '../python/datetime.js';
import { offsetOf } from '../python/strftime.js';
import { FixedZone, utc } from '../python/timezone.js';

const timestamp: ScalarTag = {
  identify: (value) => value instanceof DateTimeValue,
  default: true,
  tag: 'tag:yaml.org,2002:timestamp',
  test: /^\d{4}-\d\d-\d\d$|^\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?$/,
  resolve: (text) => new Scalar(timestampOf(text)),
};

function timestampOf(text: string): DateTimeValue {
  const [date = '', ...rest] = text.split(/[Tt \t]+/);
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const wall = new Date(0);
  wall.setUTCFullYear(year, month - 1, day);
  if (rest.length === 0) return new DateTimeValue(wall, 'date');
  const match = /^(\d+):(\d\d):(\d\d)(?:\.(\d*))?(Z|[-+]\d\d?(?::\d\d)?)?$/.exec(rest.join(''));
  const [, hour, minute, second, fraction = '', zone] = match ?? [];
  const micros = Number(fraction.slice(0, 6).padEnd(6, '0'));
  wall.setUTCHours(Number(hour), Number(minute), Number(second), Math.floor(micros / 1000));
  if (zone === undefined) return new DateTimeValue(wall, 'naive', micros % 1000);
  const full = zone.replace(/^([-+])(\d)(?!\d)/, '$10$2').replace(/^([-+]\d\d)$/, '$1:00');
  const offset = offsetOf(full);
  return new DateTimeValue(wall, offset === 0 ? utc : new FixedZone(offset), micros % 1000);
}

/** @throws Error for what is no YAML, or uses tags that a safe loader does not know */
export function loadYaml(text: string): Value {
  const document = parseDocument(text, {
    logLevel: 'silent',
    uniqueKeys: false,
    merge: true,
    version: '1.1',
    schema: 'failsafe',
    resolveKnownTags: false,
    customTags: (tags) => [...tags, timestamp, ...scalarTags((value) => new Float(value)), 'merge'],
  });
  const [failure] = [...document.errors, ...document.warnings];
  if (failure !== undefined) throw failure;
  const { contents } = document;
  if (isScalar(contents) && contents.value === '' && contents.type === 'PLAIN') return null;
  return fromHost(document.toJS({ mapAsMap: true, maxAliasCount: 100 }));
}
