/** Generic tests: an entry below a model, a column or a source becomes a node. */
import { earlyNode } from './early-node.js';
import { posix } from 'node:path';
import { TechstoreError } from '../../errors.js';
import { parseTemplate, runSync } from '../../jinja/index.js';
import type { SourceCall, TestNode } from '../../manifest/nodes.js';
import type { Project, TestEntry } from '../../project/index.js';
import { didYouMeanFirst } from '../../ground/did-you-mean.js';
import { genericTestHash, genericTestNames, pythonRepr } from '../test-names.js';
import { testArguments, testArgumentsName } from '../test-arguments.js';
import type { RegisteredMacro } from '../macro-registry.js';
import type { Collected } from './collect.js';
import { dependencies } from './nodes.js';
import { sha256, type Workshop } from './workshop.js';

/** What a test stands under. */
export interface Tested {
  readonly uniqueId: string;
  /** In the test's name: `orders`, or `shop_orders` for a source. */
  readonly name: string;
  readonly isSource: boolean;
  readonly source: SourceCall | null;
  /** The call that gives the relation: `ref('orders')`. */
  readonly call: string;
  readonly file: string;
  /** Path of the property file inside its resource folder. */
  readonly path: string;
  readonly column: {
    readonly name: string;
    readonly quote: boolean | null;
    readonly tags: readonly string[];
  } | null;
}

export function parseGenericTest(entry: TestEntry, tested: Tested, workshop: Workshop): TestNode {
  const macroName = `test_${entry.name}`;
  const { session, project } = workshop;
  const macro =
    entry.namespace === null
      ? session.macros.find(macroName, project.name)
      : session.macros.inPackage(entry.namespace, macroName);
  if (macro === undefined) {
    const known = session.macros
      .names()
      .filter((name) => name.startsWith('test_'))
      .map((name) => name.slice('test_'.length));
    throw new TechstoreError('compilation', `No generic test is named '${entry.name}'`, {
      place: entry.place,
      hint: `${didYouMeanFirst(entry.name, known)}The project's own tests are written as {% test ${entry.name}(model) %} in a macro or in data-tests/generic.`,
    });
  }
  const columnName =
    tested.column === null
      ? null
      : tested.column.quote === true
        ? session.quote(tested.column.name)
        : tested.column.name;
  const kwargs: Record<string, unknown> = {
    ...(columnName === null ? {} : { column_name: columnName }),
    ...entry.arguments,
    model: `{{ get_where_subquery(${tested.call}) }}`,
  };
  const testName = entry.namespace === null ? entry.name : `${entry.namespace}_${entry.name}`;
  const made = genericTestNames(
    tested.isSource ? `source_${testName}` : testName,
    tested.name,
    kwargs,
  );
  const names =
    entry.customName === null ? made : { short: entry.customName, full: entry.customName };
  const metadata = { namespace: entry.namespace, name: entry.name, kwargs };
  const fqn = workshop.fqn(tested.path, names.full);
  const call = entry.namespace === null ? macroName : `${entry.namespace}.${macroName}`;
  const rawCode = `{{ ${call}(**${testArgumentsName}) }}`;
  const found = collectTest(macro, rawCode, kwargs, names.full, fqn, entry, tested, workshop);
  const config = workshop.config('test', 'test', fqn, [
    // What the test's own block says holds for every use of it that says nothing else.
    { values: found.config, place: { file: macro.entry.originalFilePath } },
    { values: entry.config, place: entry.place },
  ]);
  if (config.schema === null) config.schema = 'dbt_test__audit';
  // A name that fits its table is generate_alias_name's to choose, as dbt has it.
  if (names.short !== names.full) config.alias ??= names.short;
  for (const tag of tested.column?.tags ?? [])
    if (!config.tags.includes(tag)) config.tags.push(tag);

  const uniqueId = `test.${project.name}.${names.full}.${genericTestHash(names.full, metadata)}`;
  return {
    resourceType: 'test',
    uniqueId,
    name: names.full,
    packageName: project.name,
    path: `${names.short}.sql`,
    originalFilePath: tested.file,
    fqn,
    description: workshop.description(entry.description, entry.place).text,
    tags: config.tags,
    meta: config.meta,
    place: entry.place,
    rawCode: rawCode + configCall(entry.config),
    rawCodeLine: entry.place.line ?? 1,
    checksum: sha256(rawCode),
    config,
    unrenderedConfig: workshop.unrenderedConfig('test', fqn, [found.config, entry.config]),
    ...workshop.relation(
      config,
      earlyNode({
        name: names.full,
        uniqueId,
        resourceType: 'test',
        packageName: project.name,
        fqn,
        path: `${names.short}.sql`,
        originalFilePath: tested.file,
        config: () => config,
      }),
    ),
    columns: {},
    patchPath: null,
    docBlocks: [],
    ...dependencies(found),
    testMetadata: metadata,
    columnName,
    attachedNode: tested.uniqueId,
  };
}

/** What the test reads: the relation it stands under, and what its arguments and its macro name. */
function collectTest(
  macro: RegisteredMacro,
  rawCode: string,
  kwargs: Readonly<Record<string, unknown>>,
  name: string,
  fqn: readonly string[],
  entry: TestEntry,
  tested: Tested,
  workshop: Workshop,
): Collected {
  const { macros } = workshop.session;
  const own = Object.values(entry.arguments);
  const helper = macros.find('get_where_subquery', workshop.project.name);
  // Rendering hundreds of tests to learn what is known already would be most of parsing.
  const isPlain =
    !own.some(holdsCall) &&
    !workshop.calls.mayRead(macro, macros) &&
    (helper === undefined || !workshop.calls.mayRead(helper, macros));
  if (isPlain) {
    return {
      refs: tested.isSource ? [] : [{ package: null, name: tested.name }],
      sources: tested.source === null ? [] : [tested.source],
      config: {},
      macros: [macro.entry.uniqueId, ...(helper === undefined ? [] : [helper.entry.uniqueId])],
    };
  }
  const collector = workshop.collector(name, { name, fqn, resource_type: 'test' });
  const args = runSync(testArguments(kwargs, collector.lookup, entry.place));
  const { lookup } = collector;
  collector.renderWith(
    parseTemplate(rawCode, { file: tested.file, firstLine: entry.place.line ?? 1 }),
    (key) => (key === testArgumentsName ? args : lookup(key)),
  );
  return collector.collected;
}

/** True where a text of an argument is Jinja, or a call of its own. */
function holdsCall(value: unknown): boolean {
  if (typeof value === 'string') return /[{(]/.test(value);
  if (Array.isArray(value)) return value.some(holdsCall);
  return value !== null && typeof value === 'object' && Object.values(value).some(holdsCall);
}

/** Path of a property file inside the resource folder that holds it. */
export function pathInFolder(
  path: string,
  { paths, folder: ofPackage }: Pick<Project, 'paths' | 'folder'>,
): string {
  const { models, seeds, tests, analyses, macros } = paths;
  const file = path.slice(ofPackage.length);
  for (const folder of [...models, ...seeds, ...tests, ...analyses, ...macros]) {
    const prefix = `${posix.normalize(folder)}/`;
    if (file.startsWith(prefix)) return file.slice(prefix.length);
  }
  return file;
}

/** The test's configuration as dbt writes it behind its call: `{{ config(severity="warn") }}`. */
function configCall(config: Readonly<Record<string, unknown>>): string {
  const written = Object.entries(config).map(([key, value]) => {
    const text =
      typeof value === 'string' ? `"${value.replaceAll('"', '\\"')}"` : pythonRepr(value);
    return `${key}=${text}`;
  });
  return written.length === 0 ? '' : `{{ config(${written.join(',')}) }}`;
}
