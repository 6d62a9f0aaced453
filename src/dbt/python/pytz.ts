/** `modules.pytz`: time zones by name. Their data comes from moment-timezone, loaded when a template asks for it. */
import { createRequire } from 'node:module';
import type Moment from 'moment-timezone';
import { TechstoreError } from '../../errors.js';
import { didYouMeanFirst } from '../../ground/did-you-mean.js';
import { Dict, type Value } from '../../jinja/index.js';
import { Arguments, hostFunction } from '../host-values.js';
import { ModuleValue, ClassLabel } from './module.js';
import { SetValue } from './set.js';
import { PytzOffset, pytzUtc, RegionZone, type Period } from './timezone.js';

let loaded: typeof Moment.tz | undefined;

function zones(): typeof Moment.tz {
  loaded ??= (createRequire(import.meta.url)('moment-timezone') as typeof Moment).tz;
  return loaded;
}

const known = new Map<string, Value>();

/** @throws TechstoreError for a zone that is not in the database of zones */
function timezone(name: string): Value {
  if (name.toUpperCase() === 'UTC') return pytzUtc;
  const spelled = known.get(name) ?? made(name);
  known.set(name, spelled);
  return spelled;
}

function made(asked: string): RegionZone {
  const tz = zones();
  const name = tz.names().find((zone) => zone.toLowerCase() === asked.toLowerCase());
  const zone = name === undefined ? null : tz.zone(name);
  if (name === undefined || zone === null) {
    throw new TechstoreError('compilation', `There is no time zone '${asked}'`, {
      hint: `${didYouMeanFirst(asked, tz.names())}Names of zones are those of IANA, such as Europe/Berlin.`,
    });
  }
  // pytz rounds offsets of local mean time to minutes.
  const offsets = zone.offsets.map((minutes) => -Math.round(minutes) * 60);
  const periods = offsets.map((offset, i): Period => {
    const [before = offset, after = offset] = [offsets[i - 1], offsets[i + 1]];
    const isForward = offset > before && offset > after;
    return {
      until: zone.untils[i] ?? Infinity,
      offset,
      abbreviation: zone.abbrs[i] ?? name,
      dst: isForward ? offset - Math.max(before, after) : 0,
    };
  });
  const [first, ...rest] = periods;
  if (first === undefined) throw new TechstoreError('compilation', `The zone ${name} has no data`);
  return new RegionZone(name, [first, ...rest]);
}

const regions =
  /^(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific|Canada|US)\//;

function allZones(): string[] {
  return [...zones().names()].sort();
}

/** Those that people choose from: regions and cities of today. */
function commonZones(): string[] {
  return allZones().filter((name) => regions.test(name) || name === 'UTC' || name === 'GMT');
}

const countries = (): string[] => zones().countries();

const countryTimezones = hostFunction('country_timezones', (args, kwargs) => {
  const code = new Arguments('country_timezones', ['iso3166_code'], args, kwargs).text(
    'iso3166_code',
  );
  return [...zones().zonesForCountry(code.toUpperCase())];
});

function countryNames(): Dict {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  return new Dict(countries().map((code) => [code.toLowerCase(), names.of(code) ?? code] as const));
}

export const pytzModule = new ModuleValue('pytz', () => {
  const fixed = hostFunction('FixedOffset', (args, kwargs) => {
    const minutes = new Arguments('FixedOffset', ['offset'], args, kwargs).get('offset');
    if (typeof minutes !== 'number' || Math.abs(minutes) >= 1440) {
      throw new TechstoreError('compilation', 'FixedOffset() takes minutes, fewer than a day');
    }
    return minutes === 0 ? pytzUtc : new PytzOffset(minutes);
  });
  const zone = hostFunction('timezone', (args, kwargs) =>
    timezone(new Arguments('timezone', ['zone'], args, kwargs).text('zone')),
  );
  const errors = ['Ambiguous', 'Invalid', 'NonExistent'].map((name) => `${name}TimeError`);
  const classes = [...errors, 'UnknownTimeZoneError', 'BaseTzInfo'];
  return new Map<string, Value>([
    ['timezone', zone],
    ['utc', pytzUtc],
    ['FixedOffset', fixed],
    ['country_timezones', countryTimezones],
    ['country_names', countryNames()],
    ['all_timezones', allZones()],
    ['all_timezones_set', new SetValue(allZones())],
    ['common_timezones', commonZones()],
    ['common_timezones_set', new SetValue(commonZones())],
    ...classes.map((name) => [name, new ClassLabel(`pytz.exceptions.${name}`)] as const),
  ]);
});
