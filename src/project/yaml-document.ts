/** YAML as values, with the line and column of each value kept. */
import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type YAMLError,
} from 'yaml';
import { TechstoreError, type Place } from '../errors.js';
import { excerptOf } from './excerpt.js';
import type { YamlPath } from './yaml-path.js';
import { findBadValue } from './yaml-values.js';
import { scalarTags, type FloatMaker } from './yaml-scalars.js';

export interface YamlDocument {
  readonly file: string;
  readonly text: string;
  /** Maps as plain objects, sequences as arrays; null for an empty file. */
  readonly value: unknown;
  /**
   * Where the value at the path stands: for a list or a map below a key, the
   * key. A path that does not exist gives its nearest ancestor that does.
   */
  placeOf(path: YamlPath): Place;
  /** Where the key itself stands. */
  placeOfKey(path: YamlPath): Place;
  /** Line on which the text of a string begins: after the bar of a block string. */
  lineOfText(path: YamlPath): number;
  /** A scalar as written in the file, without its quotes. */
  sourceOf(path: YamlPath): string | undefined;
}

export interface YamlOptions {
  /** What a float becomes; default the number. */
  readonly float?: FloatMaker | undefined;
}

const hints: readonly [test: (error: YAMLError) => boolean, hint: string][] = [
  [(e) => e.code === 'TAB_AS_INDENT', 'Indent with spaces; YAML does not allow tabs.'],
  [(e) => e.code === 'DUPLICATE_KEY', 'Keep one of the two; the second would hide the first.'],
  [(e) => e.code === 'BAD_INDENT', 'Align this with the entries it belongs to.'],
  [(e) => e.code === 'MISSING_CHAR', 'Look for a quote, bracket or colon that is missing here.'],
  [
    (e) => e.code === 'BLOCK_AS_IMPLICIT_KEY' || e.code === 'MULTILINE_IMPLICIT_KEY',
    'Put text that holds a colon followed by a space in quotes.',
  ],
  [
    (e) => e.code === 'BAD_SCALAR_START' || /%/.test(e.message),
    'Put text that begins with this character in quotes.',
  ],
  [(e) => e.code === 'MULTIPLE_DOCS', 'Use one document: remove the line with ---.'],
];

const jinjaHint = 'Put text with Jinja in quotes: "{{ … }}".';

/** Whether a line's value begins with Jinja outside quotes, which YAML takes for a map. */
function startsWithBareJinja(line: string): boolean {
  return /(?:^|[:-])\s*\{[{%]/.test(line);
}

/** The first line of the library's message, without the place it appends. */
function plainMessage(error: YAMLError): string {
  if (error.code === 'MULTIPLE_DOCS') return 'it contains several documents';
  if (/call stack/.test(error.message)) return 'its maps and lists are nested too deeply';
  const first = (error.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
  return first.replace(/\.$/, '');
}

function duplicateKey(error: YAMLError, text: string): string | undefined {
  if (error.code !== 'DUPLICATE_KEY') return undefined;
  return /^[^:\s]+/.exec(text.slice(error.pos[0]))?.[0]?.replace(/^["']|["']$/g, '');
}

function syntaxError(error: YAMLError, file: string, text: string): TechstoreError {
  const at = error.linePos?.[0];
  const key = duplicateKey(error, text);
  const line = text.split('\n')[(at?.line ?? 1) - 1] ?? '';
  const tab = /^\s*\t/.test(line);
  const jinja = startsWithBareJinja(line);
  const hint = tab ? hints[0]?.[1] : jinja ? jinjaHint : hints.find(([test]) => test(error))?.[1];
  const message = key === undefined ? plainMessage(error) : `The key '${key}' appears twice`;
  return new TechstoreError('yaml', `${file} is not valid YAML: ${message}`, {
    place: at === undefined ? { file } : { file, line: at.line, column: at.col },
    ...(hint === undefined ? {} : { hint }),
    ...(at === undefined ? {} : { excerpt: excerptOf(text, at.line, at.col) }),
    cause: error,
  });
}

/** Keys are strings for whoever reads them, as they are for dbt's own checks. */
function keyText(key: unknown): string {
  return isScalar(key) ? (key.source ?? String(key.value)) : String(key);
}

interface Step {
  readonly key: Node | undefined;
  readonly value: Node | undefined;
}

function stepInto(document: Document, node: unknown, part: string | number): Step | undefined {
  const target = isAlias(node) ? node.resolve(document) : node;
  if (isSeq(target)) {
    const item = typeof part === 'number' ? target.items[part] : undefined;
    return item === undefined ? undefined : { key: undefined, value: item as Node };
  }
  if (!isMap(target)) return undefined;
  for (const pair of target.items) {
    if (keyText(pair.key) !== String(part)) continue;
    return { key: pair.key as Node, value: (pair.value as Node | null) ?? undefined };
  }
  // A merged map (`<<`) holds the key, or nothing does.
  for (const pair of target.items) {
    if (keyText(pair.key) !== '<<') continue;
    const found = stepInto(document, pair.value, part);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Reads YAML by the rules of PyYAML (see `yaml-scalars.ts`).
 * @throws TechstoreError 'yaml' with place, excerpt and hint on a syntax error,
 * a duplicate key, a tab, an unknown tag, an unresolved alias or several documents.
 */
export function parseYaml(text: string, file: string, options: YamlOptions = {}): YamlDocument {
  const lines = new LineCounter();
  const float: FloatMaker = options.float ?? ((value) => value);
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: true,
    logLevel: 'error',
    uniqueKeys: true,
    merge: true,
    version: '1.1',
    schema: 'failsafe',
    resolveKnownTags: false,
    customTags: (tags) => [...tags, ...scalarTags(float), 'merge'],
  });
  const failure = document.errors[0] ?? document.warnings[0];
  if (failure !== undefined) throw syntaxError(failure, file, text);

  refuseCollectionKeys(document, lines, file, text);

  const placeAt = (offset: number | undefined): Place => {
    if (offset === undefined) return { file, line: 1, column: 1 };
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const walk = (path: YamlPath): { steps: Step[]; whole: boolean } => {
    const steps: Step[] = [{ key: undefined, value: document.contents ?? undefined }];
    for (const part of path) {
      const next = stepInto(document, steps[steps.length - 1]?.value, part);
      if (next === undefined) return { steps, whole: false };
      steps.push(next);
    }
    return { steps, whole: true };
  };
  const placeOf = (path: YamlPath): Place => {
    const { steps } = walk(path);
    const last = steps[steps.length - 1];
    const start =
      last?.key !== undefined && (last.value === undefined || isCollection(last.value))
        ? last.key
        : last?.value;
    return placeAt(start?.range?.[0]);
  };
  const scalarAt = (path: YamlPath) => {
    const { steps, whole } = walk(path);
    const node = steps[steps.length - 1]?.value;
    const target = isAlias(node) ? node.resolve(document) : node;
    return whole && isScalar(target) ? target : undefined;
  };
  const value = toValue(document, file, text, placeOf);
  const bad = findBadValue(value);
  if (bad !== null) throw invalid(file, text, placeOf(bad.path), bad.message, bad.hint);
  return {
    file,
    text,
    value,
    placeOf,
    placeOfKey(path) {
      const { steps, whole } = walk(path);
      const key = whole ? steps[steps.length - 1]?.key : undefined;
      return key === undefined ? placeOf(path) : placeAt(key.range?.[0]);
    },
    lineOfText(path) {
      const scalar = scalarAt(path);
      const line = placeAt(scalar?.range?.[0]).line ?? 1;
      const block = scalar?.type === 'BLOCK_LITERAL' || scalar?.type === 'BLOCK_FOLDED';
      return block ? line + 1 : line;
    },
    sourceOf: (path) => scalarAt(path)?.source,
  };
}

/** A map or a list as a key is nearly always Jinja without quotes; PyYAML refuses it too. */
function refuseCollectionKeys(
  document: Document,
  lines: LineCounter,
  file: string,
  text: string,
): void {
  visit(document, {
    Pair(_key, pair) {
      if (!isCollection(pair.key)) return;
      const { line, col } = lines.linePos(pair.key.range?.[0] ?? 0);
      const jinja = startsWithBareJinja(text.split('\n')[line - 1] ?? '');
      throw new TechstoreError('yaml', `${file} is not valid YAML: a key must be text`, {
        place: { file, line, column: col },
        excerpt: excerptOf(text, line, col),
        hint: jinja ? jinjaHint : 'Write the key as text, or put it in quotes.',
      });
    },
  });
}

function toValue(
  document: Document,
  file: string,
  text: string,
  placeOf: (path: YamlPath) => Place,
): unknown {
  try {
    return document.toJS({ maxAliasCount: 1000 }) as unknown;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const [plain, hint] = /alias count/.test(message)
      ? ['its aliases expand to too much data', aliasHint]
      : /call stack/.test(message)
        ? ['its maps and lists are nested too deeply', 'Use fewer levels.']
        : [message, aliasHint];
    throw invalid(file, text, placeOf([]), plain, hint, cause);
  }
}

const aliasHint = 'Replace the alias (*name) with the value.';

function invalid(
  file: string,
  text: string,
  place: Place,
  message: string,
  hint: string,
  cause?: unknown,
): TechstoreError {
  return new TechstoreError('yaml', `${file} is not valid YAML: ${message}`, {
    place,
    excerpt: excerptOf(text, place.line ?? 1, place.column),
    hint,
    cause,
  });
}
