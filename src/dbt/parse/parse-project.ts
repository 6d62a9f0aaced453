/** From the project's files to its manifest. */
import { resolve } from 'node:path';
import type { Template } from '../../jinja/index.js';
import type { Manifest } from '../../manifest/nodes.js';
import {
  type ColumnProperties,
  discoverFiles,
  type NodeProperties,
  type Project,
  type ProjectFile,
  type Properties,
  readSelectors,
  readText,
  refuseDuplicateProperties,
  type TestEntry,
} from '../../project/index.js';
import type { Session } from '../session.js';
import { checkGroups } from './access.js';
import { readsConfig } from './config-effects.js';
import { docsBlocks } from './docs-blocks.js';
import { parseGenericTest, pathInFolder, type Tested } from './generic-tests.js';
import { formatPlace } from '../../errors.js';
import { addBuiltInMacros, addProjectMacros } from './macros.js';
import { groupsOf } from './groups.js';
import { parseSeed, parseSqlNode } from './nodes.js';
import { refuseSnapshots } from './snapshots.js';
import { resolveReferences } from './resolve-references.js';
import { parseExposure, parseSource } from './sources.js';
import { PropertiesCache } from './properties-cache.js';
import { pluralOf, twins, type Named } from './twins.js';
import { checkRejectedRows } from './techstore-meta.js';
import { checkUniqueResources } from './unique-resources.js';
import { parseUnitTest } from './unit-tests.js';
import type { Warning } from './warning.js';
import { Workshop } from './workshop.js';

export interface Parsed {
  readonly manifest: Manifest;
  /** Of the nodes that have a file of their own, by unique id. */
  readonly templates: ReadonlyMap<string, Template>;
  readonly warnings: readonly Warning[];
}

/** A project's files, and what is made of them. */
interface Part {
  readonly files: ReturnType<typeof discoverFiles>;
  readonly properties: readonly Properties[];
  readonly workshop: Workshop;
}

/**
 * Parses the whole project with its packages. The session's macros are filled on the way.
 *
 * @throws TechstoreError at the first fault, with file and line
 */
export function parseProject(
  project: Project,
  session: Session,
  packages: readonly Project[] = [],
): Parsed {
  addBuiltInMacros(session.macros);
  const cache = new PropertiesCache(resolve(project.root, project.targetPath), session.version);
  const read = [project, ...packages].map((each) => readProject(each, session, cache));
  cache.save();
  const workshop = new Workshop(project, session, packages);
  const parts = read.map((each) => ({
    ...each,
    workshop:
      each.project === project ? workshop : new Workshop(each.project, session, [], workshop),
  }));

  for (const part of parts) readDocs(part.files.docs, part.workshop);
  const snapshots = parts.flatMap((part) =>
    refuseSnapshots(part.files.snapshots, part.properties, part.workshop),
  );
  for (const part of parts) parseFiles(part.files, part.properties, part.workshop);
  // A test in one project's YAML may be of a model of another, so that all models come first.
  for (const part of parts) parseYamlNodes(part.properties, part.files.fixtures, part.workshop);
  const groups = parts.flatMap((part) => groupsOf(part.properties, part.workshop.project));
  checkGroups(groups, workshop);
  resolveReferences(workshop);
  checkUniqueResources(workshop);
  for (const part of parts) describeMacros(part.properties, part.workshop);
  checkRejectedRows(workshop);
  for (const part of parts) part.workshop.warnings.push(...part.workshop.techstoreMeta.warnings());
  workshop.warnings.push(
    ...project.trees.unusedPaths([
      ...[...workshop.nodes.values(), ...workshop.disabled].map(({ resourceType, fqn }) => ({
        kind: resourceType,
        fqn,
      })),
      ...snapshots.map((fqn) => ({ kind: 'snapshot' as const, fqn })),
    ]),
  );
  const isRead = readsConfig(sqlOf(workshop));
  for (const part of parts)
    part.workshop.warnings.push(...part.workshop.configUses.warnings(isRead));
  logForeignWarnings(parts, session);

  return {
    manifest: {
      projectName: project.name,
      projectRoot: project.root,
      adapterType: session.target.type,
      nodes: workshop.nodes,
      macros: new Map(session.macros.all().map(({ entry }) => [entry.uniqueId, entry])),
      docs: workshop.docs,
      disabled: workshop.disabled,
      selectors: readSelectors(project.root),
      groups,
    },
    templates: workshop.templates,
    warnings: workshop.warnings,
  };
}

/** Reads macros and YAML: both must be known of every project before any node is parsed. */
function readProject(
  project: Project,
  session: Session,
  cache: PropertiesCache,
): Omit<Part, 'workshop'> & { readonly project: Project } {
  const files = discoverFiles(project);
  const macroFiles = [...files.macros, ...files.genericTests].map((file) => ({
    path: file.originalFilePath,
    text: readText(file.absolutePath, file.originalFilePath),
  }));
  addProjectMacros(session.macros, project, macroFiles);
  const properties = files.properties.map((file) => cache.read(file));
  refuseDuplicateProperties(properties);
  return { project, files, properties };
}

/** What only the authors of a package can mend is kept out of the way: the debug log has it. */
function logForeignWarnings(parts: readonly Part[], session: Session): void {
  for (const { workshop, properties } of parts) {
    const own = properties.flatMap((file) => file.warnings);
    if (workshop.project === workshop.root) {
      workshop.warnings.unshift(...own);
      continue;
    }
    for (const { message, place } of [...own, ...workshop.warnings])
      session.log.debug(`${place === undefined ? '' : `${formatPlace(place)}: `}${message}`);
  }
}

/** SQL of the project and of its macros, the built-in ones too. */
function* sqlOf({ session, nodes }: Workshop): Generator<string> {
  for (const { entry } of session.macros.all()) yield entry.macroSql;
  for (const node of nodes.values()) if ('rawCode' in node) yield node.rawCode;
}

function readDocs(files: readonly ProjectFile[], workshop: Workshop): void {
  const seen = new Map<string, Named>();
  for (const { absolutePath, originalFilePath } of files) {
    const text = readText(absolutePath, originalFilePath);
    for (const { name, contents, line } of docsBlocks(text, originalFilePath)) {
      const block = { name, place: { file: originalFilePath, line } };
      const first = seen.get(name);
      if (first !== undefined) throw twins('docs blocks', first, block);
      seen.set(name, block);
      const uniqueId = `doc.${workshop.project.name}.${name}`;
      const { folder } = workshop.project;
      workshop.docs.set(uniqueId, {
        uniqueId,
        ...(folder === '' ? {} : { packageFolder: folder }),
        name,
        packageName: workshop.project.name,
        originalFilePath,
        contents,
      });
    }
  }
}

function parseFiles(
  files: ReturnType<typeof discoverFiles>,
  properties: readonly Properties[],
  workshop: Workshop,
): void {
  const byName = (
    pick: (file: Properties) => readonly NodeProperties[],
  ): Map<string, NodeProperties> =>
    new Map(properties.flatMap((file) => pick(file).map((entry) => [entry.name, entry] as const)));
  const models = byName((file) => file.models);
  const seeds = byName((file) => file.seeds);
  const analyses = byName((file) => file.analyses);
  const tests = byName((file) => file.singularTests);
  const take = (
    map: Map<string, NodeProperties>,
    file: ProjectFile,
  ): NodeProperties | undefined => {
    const name = /([^/]+)\.[^./]+$/.exec(file.path)?.[1] ?? '';
    const found = map.get(name);
    map.delete(name);
    return found;
  };
  for (const file of files.models) {
    const node = parseSqlNode('model', file, take(models, file), workshop);
    if (node !== undefined) workshop.add(node, node.config.enabled);
  }
  for (const file of files.seeds) {
    const node = parseSeed(file, take(seeds, file), workshop);
    workshop.add(node, node.config.enabled);
  }
  for (const file of files.singularTests) {
    const node = parseSqlNode('test', file, take(tests, file), workshop);
    if (node !== undefined) workshop.add(node, node.config.enabled);
  }
  for (const file of files.analyses) {
    const node = parseSqlNode('analysis', file, take(analyses, file), workshop);
    if (node !== undefined) workshop.add(node, node.config.enabled);
  }
  for (const [section, map] of [
    ['models', models],
    ['seeds', seeds],
    ['snapshots', byName((file) => file.snapshots.filter((entry) => entry.relation === null))],
    ['analyses', analyses],
    ['data_tests', tests],
  ] as const) {
    for (const entry of map.values()) workshop.warnings.push(unusedEntry(section, entry, workshop));
  }
}

/** An entry that describes no file, or one of another kind: dbt runs its tests and passes over the rest. */
function unusedEntry(
  section: 'models' | 'seeds' | 'snapshots' | 'analyses' | 'data_tests',
  entry: NodeProperties,
  workshop: Workshop,
): Warning {
  const { place, name } = entry;
  const other = [...workshop.nodes.values(), ...workshop.disabled].find(
    (node) => node.name === name && (node.resourceType === 'model' || node.resourceType === 'seed'),
  );
  if (other === undefined || section === 'analyses' || section === 'data_tests') {
    const message = `'${name}' has a description under ${section}, but no such file exists`;
    return { message, place };
  }
  const { resourceType } = other;
  return {
    message: `${name} is a ${resourceType}, but its description is under ${section}: only the tests of that entry have an effect`,
    place,
    hint: `Move it under '${pluralOf(resourceType)}:'.`,
  };
}

function parseYamlNodes(
  properties: readonly Properties[],
  fixtures: readonly ProjectFile[],
  workshop: Workshop,
): void {
  const { name: packageName } = workshop.project;
  for (const file of properties) {
    const path = pathInFolder(file.file, workshop.project);
    for (const source of file.sources) {
      for (const table of source.tables) {
        const node = parseSource(source, table, path, workshop);
        workshop.add(node, node.config.enabled);
        if (!node.config.enabled) continue;
        addTests(table.tests, table.columns, workshop, {
          uniqueId: node.uniqueId,
          name: `${source.name}_${table.name}`,
          isSource: true,
          source: { source: source.name, table: table.name },
          call: `source('${source.name}', '${table.name}')`,
          file: file.file,
          path,
        });
      }
    }
    // Whichever section an entry stands in, its tests are those of what it names.
    for (const entry of [...file.models, ...file.seeds, ...file.snapshots]) {
      const uniqueId = [packageName, ...workshop.projects.keys()]
        .flatMap((name) => ['model', 'seed'].map((kind) => `${kind}.${name}.${entry.name}`))
        .find((id) => workshop.nodes.has(id));
      if (uniqueId === undefined) continue;
      addTests(entry.tests, entry.columns, workshop, {
        uniqueId,
        name: entry.name,
        isSource: false,
        source: null,
        call: `ref('${entry.name}')`,
        file: file.file,
        path,
      });
    }
    for (const exposure of file.exposures) {
      const node = parseExposure(exposure, path, workshop);
      workshop.add(node, node.config.enabled);
    }
    for (const test of file.unitTests) {
      const node = parseUnitTest(test, path, fixtures, workshop);
      // A unit test of a disabled model is disabled with it, as in dbt.
      workshop.add(node, node.config.enabled && workshop.nodes.has(node.dependsOn.nodes[0] ?? ''));
    }
  }
}

function addTests(
  tests: readonly TestEntry[],
  columns: readonly ColumnProperties[],
  workshop: Workshop,
  tested: Omit<Tested, 'column'>,
): void {
  const add = (entry: TestEntry, column: Tested['column']): void => {
    const node = parseGenericTest(entry, { ...tested, column }, workshop);
    workshop.add(node, node.config.enabled);
  };
  for (const entry of tests) add(entry, null);
  for (const column of columns) {
    for (const entry of column.tests) add(entry, column);
  }
}

function describeMacros(properties: readonly Properties[], workshop: Workshop): void {
  for (const file of properties) {
    for (const entry of file.macros) {
      const macro = workshop.session.macros.inPackage(workshop.project.name, entry.name);
      if (macro === undefined) {
        workshop.warnings.push({
          message: `The macro '${entry.name}' has a description, but no such macro exists`,
          place: entry.place,
        });
        continue;
      }
      macro.entry.description = workshop.description(entry.description, entry.place).text;
      for (const meta of [entry.meta, entry.config['meta']])
        workshop.techstoreMeta.add(meta, 'macro', entry.place);
      macro.entry.meta = { ...entry.meta, ...(entry.config['meta'] as object | undefined) };
      macro.entry.arguments = [...entry.arguments];
    }
  }
}
