/** A property file, read whole: every fault of it is told at once. */
import type { z } from 'zod';
import { byPlace, throwIssues, type Issue, type ProjectWarning } from './issues.js';
import type { ProjectFile } from './project-file.js';
import type { Properties } from './properties.js';
import * as schemas from './properties-schema.js';
import { lookUp } from './look-up.js';
import { macroOf, nodeOf, type Reading } from './read-node-properties.js';
import { exposureOf, groupOf, unitTestOf } from './read-other-properties.js';
import { sourceOf } from './read-source-properties.js';
import { readText } from './read-text.js';
import { didYouMean } from '../ground/did-you-mean.js';
import { validate } from './validate.js';
import { parseYaml, type YamlDocument } from './yaml-document.js';
import type { YamlPath } from './yaml-path.js';
import type { FloatMaker } from './yaml-scalars.js';

const sections = [
  'version',
  'models',
  'seeds',
  'snapshots',
  'analyses',
  'macros',
  'sources',
  'exposures',
  'unit_tests',
  'data_tests',
  'tests',
  'groups',
] as const;
type Section = Exclude<(typeof sections)[number], 'version'>;

/** Configurations that people write beside `name`, where dbt does not look. */
const configNames = new Set(
  (
    'materialized enabled tags schema database alias pre_hook post_hook pre-hook post-hook ' +
    'persist_docs full_refresh unique_key on_schema_change contract grants severity where limit ' +
    'warn_if error_if fail_calc store_failures column_types delimiter quoting incremental_strategy ' +
    'strategy updated_at check_cols target_schema'
  ).split(' '),
);

class FileReader {
  readonly #document: YamlDocument;
  readonly issues: Issue[] = [];
  readonly warnings: ProjectWarning[] = [];

  constructor(document: YamlDocument) {
    this.#document = document;
  }

  top(): Record<string, unknown> {
    const { value } = this.#document;
    if (value === null) return {};
    if (typeof value !== 'object' || Array.isArray(value)) {
      this.issues.push({
        message: 'A property file must be a map of keys such as models and sources',
        place: this.#document.placeOf([]),
      });
      return {};
    }
    const top = value as Record<string, unknown>;
    if (Object.hasOwn(top, 'version') && top['version'] !== 2) {
      this.issues.push({
        message: "'version' must be 2",
        place: this.#document.placeOf(['version']),
        hint: "Write 'version: 2', or remove the key.",
      });
    }
    for (const key of Object.keys(top)) this.#checkSection(key);
    return top;
  }

  #checkSection(key: string): void {
    if ((sections as readonly string[]).includes(key)) return;
    const why = lookUp(schemas.ignoredSections, key);
    // A key with a leading dot or of anchors is a common place for YAML anchors.
    if (key === 'anchors') return;
    this.warnings.push({
      message:
        why === undefined
          ? `the key '${key}' is unknown and is ignored`
          : `'${key}' is not supported and is ignored`,
      place: this.#document.placeOfKey([key]),
      hint: why ?? didYouMean(key, sections),
    });
  }

  #advice(key: string, path: YamlPath): Partial<Issue> | undefined {
    const refused = lookUp(schemas.refusedKeys, key);
    if (refused !== undefined) {
      this.issues.push({
        message: `'${key}' is not supported`,
        place: this.#document.placeOfKey(path),
        hint: refused,
      });
    }
    if (schemas.semanticKeys.has(key)) {
      return {
        message: `'${key}' is not supported and is ignored`,
        hint: 'It belongs to the semantic layer.',
      };
    }
    if (!configNames.has(key)) return undefined;
    return { hint: `Move '${key}' under 'config'.` };
  }

  /** The entries of one list of the file; faulty ones are told and left out. */
  list<S extends z.ZodType, T>(
    top: Record<string, unknown>,
    section: Section,
    schema: S,
    make: (entry: z.output<S>, path: YamlPath, reading: Reading) => T,
  ): T[] {
    const list = top[section];
    if (list === undefined || list === null) return [];
    if (!Array.isArray(list)) {
      this.issues.push({
        message: `'${section}' must be a list`,
        place: this.#document.placeOf([section]),
        hint: "Begin each entry with '- name:'.",
      });
      return [];
    }
    const reading = { document: this.#document, issues: this.issues };
    const made: T[] = [];
    for (const index of list.keys()) {
      const path = [section, index];
      const refusedBefore = this.issues.length;
      const checked = validate(schema, this.#document, path, (key, at) => this.#advice(key, at));
      const refused = this.issues
        .slice(refusedBefore)
        .map((issue) => `${issue.place.line}:${issue.place.column}`);
      this.issues.push(...checked.issues);
      this.warnings.push(
        ...checked.warnings.filter((w) => !refused.includes(`${w.place.line}:${w.place.column}`)),
      );
      if (checked.value !== undefined) made.push(make(checked.value, path, reading));
    }
    return made;
  }
}

export interface ReadPropertiesOptions {
  /** What floats become; default numbers. */
  readonly float?: FloatMaker | undefined;
}

/**
 * Reads the text of a property file.
 * @throws TechstoreError 'yaml' on broken YAML, 'project' with all its faults otherwise.
 */
export function parseProperties(
  text: string,
  file: string,
  options: ReadPropertiesOptions = {},
): Properties {
  const document = parseYaml(text, file, options);
  const reader = new FileReader(document);
  const top = reader.top();
  const properties: Properties = {
    file,
    models: reader.list(top, 'models', schemas.nodeSchema, nodeOf),
    seeds: reader.list(top, 'seeds', schemas.nodeSchema, nodeOf),
    snapshots: reader.list(top, 'snapshots', schemas.snapshotSchema, nodeOf),
    analyses: reader.list(top, 'analyses', schemas.nodeSchema, nodeOf),
    singularTests: [
      ...reader.list(top, 'data_tests', schemas.singularTestSchema, nodeOf),
      ...reader.list(top, 'tests', schemas.singularTestSchema, nodeOf),
    ],
    macros: reader.list(top, 'macros', schemas.macroSchema, macroOf),
    sources: reader.list(top, 'sources', schemas.sourceSchema, sourceOf),
    exposures: reader.list(top, 'exposures', schemas.exposureSchema, exposureOf),
    unitTests: reader.list(top, 'unit_tests', schemas.unitTestSchema, unitTestOf),
    groups: reader.list(top, 'groups', schemas.groupSchema, groupOf),
    warnings: reader.warnings.sort(byPlace),
  };
  throwIssues('project', file, text, reader.issues);
  return properties;
}

/** Reads a property file from disk; see {@link parseProperties}. */
export function readProperties(file: ProjectFile, options: ReadPropertiesOptions = {}): Properties {
  const text = readText(file.absolutePath, file.originalFilePath);
  return parseProperties(text, file.originalFilePath, options);
}
