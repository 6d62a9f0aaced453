/** Whether a record is one that can be worked with. By hand: loading a library for it takes longer than a question. */
import type { BuildKind, BuildState, Limited } from '../record.js';
import type { FileRecord } from './file-record.js';

type Shape = Readonly<Record<string, (value: unknown) => boolean>>;

const text = (value: unknown): boolean => typeof value === 'string';
const textOrNull = (value: unknown): boolean => value === null || text(value);
const numberOrNull = (value: unknown): boolean => value === null || typeof value === 'number';
const instant = (value: unknown): boolean =>
  text(value) && !Number.isNaN(Date.parse(value as string));
const instantOrNull = (value: unknown): boolean => value === null || instant(value);
const optional =
  (check: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === undefined || check(value);
const shaped =
  (shape: Shape) =>
  (value: unknown): boolean =>
    isMap(value) && wrongKey(value, shape) === null;
const shapedOrNull =
  (shape: Shape) =>
  (value: unknown): boolean =>
    value === null || shaped(shape)(value);
const mapOf =
  (check: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    isMap(value) && Object.values(value).every(check);

const listOf =
  (check: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.every(check);

const fileMark: Shape = { size: Number.isSafeInteger, mtimeNs: text };

const place: Shape = { schema: text, identifier: text };

/** Nodes are the caller's own, but who reads one relies on this much of it. */
const node: Shape = {
  status: optional(text),
  rows: optional(numberOrNull),
  failures: optional(numberOrNull),
  relation: optional(shapedOrNull(place)),
  failuresRelation: optional(textOrNull),
  failuresPlace: optional(shapedOrNull(place)),
  executionTime: optional(numberOrNull),
};

const limit = shapedOrNull({ count: Number.isSafeInteger, period: text });

const freshness: Shape = {
  uniqueId: text,
  sourceName: text,
  name: text,
  status: text,
  error: textOrNull,
  maxLoadedAt: instantOrNull,
  checkedAt: instant,
  warnAfter: limit,
  errorAfter: limit,
  fromFile: (value) => typeof value === 'boolean',
};

const copyMark = shapedOrNull({
  ...fileMark,
  ino: text,
  content: optional(textOrNull),
  birthtimeNs: optional(text),
  foreign: optional(Number.isSafeInteger),
  existing: optional(mapOf(text)),
});

/** All of them: a new state that is not here does not compile. */
const states: Readonly<Record<BuildState, true>> = {
  finished: true,
  published: true,
  imported: true,
  failed: true,
  working: true,
  unpublished: true,
};

const kinds: Readonly<Record<BuildKind, true>> = { build: true, run: true, test: true, seed: true };

const limits: Readonly<Record<Limited, true>> = { empty: true, sample: true };

const record: Shape = {
  command: text,
  state: (value) => text(value) && Object.hasOwn(states, value as string),
  startedAt: instant,
  finishedAt: instant,
  publishedAt: instantOrNull,
  rolledBackAt: instantOrNull,
  asOf: textOrNull,
  codeVersion: textOrNull,
  techstoreVersion: text,
  duckdbVersion: text,
  rows: mapOf(numberOrNull),
  nodes: mapOf(shaped(node)),
  message: textOrNull,
  file: shaped(fileMark),
  copy: copyMark,
  nextCopy: optional(copyMark),
  objects: optional(listOf(shaped({ kind: text, schema: text, name: text }))),
  existingViews: optional(listOf(shaped({ kind: text, schema: text, name: text }))),
  external: optional(listOf(text)),
  readsExisting: optional((value) => value === true),
  content: optional(textOrNull),
  freshness: optional(listOf(shaped(freshness))),
  kind: optional((value) => text(value) && Object.hasOwn(kinds, value as string)),
  limited: optional((value) => text(value) && Object.hasOwn(limits, value as string)),
};

/** @returns the record, or its fault as the end of a sentence: `is not JSON` */
export function recordFrom(id: string, json: string): FileRecord | string {
  if (json.trim() === '') return 'is empty';
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return 'is not JSON';
  }
  if (!isMap(value)) return 'is not a build record';
  const { format } = value;
  if (typeof format === 'number' && format > 1)
    return `was written by a newer techstore (format ${format})`;
  if (format !== 1) return 'is not a build record';
  const key = wrongKey(value, record);
  if (key !== null) return value[key] === undefined ? `lacks ${key}` : `has an invalid ${key}`;
  if (value['id'] !== id) return 'belongs to another build';
  return value as unknown as FileRecord;
}

function wrongKey(value: Readonly<Record<string, unknown>>, shape: Shape): string | null {
  return Object.keys(shape).find((key) => shape[key]?.(value[key]) !== true) ?? null;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
