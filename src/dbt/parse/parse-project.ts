/** From the project's files to its manifest. */
import { resolve } from 'node:path';
import { TechstoreError } from '../../errors.js';
import { parseTemplate } from '../../jinja/index.js';
import type { GraphNode, Manifest, RefCall, SourceCall } from '../../manifest/nodes.js';
import { discoverFiles, type ProjectFile } from '../../project/discover-files.js';
import { refuseDuplicateProperties } from '../../project/duplicate-properties.js';
import type { Project } from '../../project/load-project.js';
import type {
  ColumnProperties,
  NodeProperties,
  Properties,
  TestEntry,
} from '../../project/properties.js';
import { readSelectors } from '../../project/selectors-file.js';
import { readText } from '../../project/read-text.js';
import { unknownRef, unknownSource } from '../compile.js';
import type { Session } from '../session.js';
import { parseGenericTest, pathInFolder, type Tested } from './generic-tests.js';
import { addBuiltInMacros, addProjectMacros } from './macros.js';
import { parseSeed, parseSqlNode } from './nodes.js';
import { parseExposure, parseSource } from './sources.js';
import { PropertiesCache } from './properties-cache.js';
import { parseUnitTest } from './unit-tests.js';
import { Workshop, type Warning } from './workshop.js';

export interface Parsed {
  readonly manifest: Manifest;
  readonly warnings: readonly Warning[];
}

/**
 * Parses the whole project. The session's macros are filled on the way.
 *
 * @throws TechstoreError at the first fault, with file and line
 */
export function parseProject(project: Project, session: Session): Parsed {
  const files = discoverFiles(project);
  refuseSnapshots(files.snapshots);
  addBuiltInMacros(session.macros);
  const macroFiles = [...files.macros, ...files.genericTests].map((file) => ({
    path: file.originalFilePath,
    text: readText(file.absolutePath, file.originalFilePath),
  }));
  addProjectMacros(session.macros, project.name, macroFiles);

  const cache = new PropertiesCache(resolve(project.root, project.targetPath), session.version);
  const properties = files.properties.map((file) => cache.read(file));
  cache.save();
  refuseDuplicateProperties(properties);
  const workshop = new Workshop(project, session);
  for (const file of properties) workshop.warnings.push(...file.warnings);
  readDocs(files.docs, workshop);

  parseFiles(files, properties, workshop);
  parseYamlNodes(properties, files.fixtures, workshop);
  resolveAll(workshop);
  describeMacros(properties, workshop);

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
    },
    warnings: workshop.warnings,
  };
}

function refuseSnapshots(files: readonly ProjectFile[]): void {
  const [first] = files;
  if (first === undefined) return;
  throw new TechstoreError('unsupported', 'Snapshots are not supported yet', {
    place: { file: first.originalFilePath },
    hint: 'Move the file out of the snapshot paths.',
  });
}

function readDocs(files: readonly ProjectFile[], workshop: Workshop): void {
  for (const file of files) {
    const text = readText(file.absolutePath, file.originalFilePath);
    if (!text.includes('{%')) continue;
    const { blocks } = parseTemplate(text, { file: file.originalFilePath });
    for (const block of blocks) {
      if (block.kind !== 'docs') continue;
      workshop.docs.set(block.name, {
        uniqueId: `doc.${workshop.project.name}.${block.name}`,
        name: block.name,
        packageName: workshop.project.name,
        originalFilePath: file.originalFilePath,
        contents: block.text.trim(),
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
    workshop.add(node, node.config.enabled);
  }
  for (const file of files.seeds) {
    const node = parseSeed(file, take(seeds, file), workshop);
    workshop.add(node, node.config.enabled);
  }
  for (const file of files.singularTests) {
    const node = parseSqlNode('test', file, take(tests, file), workshop);
    workshop.add(node, node.config.enabled);
  }
  for (const file of files.analyses) {
    const node = parseSqlNode('analysis', file, take(analyses, file), workshop);
    workshop.add(node, node.config.enabled);
  }
  for (const [kind, map] of [
    ['model', models],
    ['seed', seeds],
    ['analysis', analyses],
    ['data test', tests],
  ] as const) {
    for (const entry of map.values()) {
      workshop.warnings.push({
        message: `The ${kind} '${entry.name}' is described, but there is no such file`,
        place: entry.place,
      });
    }
  }
}

function parseYamlNodes(
  properties: readonly Properties[],
  fixtures: readonly ProjectFile[],
  workshop: Workshop,
): void {
  const { paths, name: packageName } = workshop.project;
  const folders = [
    ...paths.models,
    ...paths.seeds,
    ...paths.tests,
    ...paths.analyses,
    ...paths.macros,
  ];
  for (const file of properties) {
    const path = pathInFolder(file.file, folders);
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
    for (const [kind, entries] of [
      ['model', file.models],
      ['seed', file.seeds],
    ] as const) {
      for (const entry of entries) {
        const uniqueId = `${kind}.${packageName}.${entry.name}`;
        if (!workshop.nodes.has(uniqueId)) continue;
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
    }
    for (const exposure of file.exposures) {
      const node = parseExposure(exposure, path, workshop);
      workshop.add(node, node.config.enabled);
    }
    for (const test of file.unitTests) {
      const node = parseUnitTest(test, path, fixtures, workshop);
      workshop.add(node, node.config.enabled);
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

/** Turns the names of ref and source calls into ids. */
function resolveAll(workshop: Workshop): void {
  const byName = new Map<string, string>();
  const disabled = new Set<string>();
  for (const node of workshop.nodes.values()) {
    if (node.resourceType === 'model' || node.resourceType === 'seed') {
      byName.set(node.name, node.uniqueId);
      byName.set(`${node.packageName}.${node.name}`, node.uniqueId);
    }
  }
  for (const node of workshop.disabled) disabled.add(node.name);
  const sources = new Map<string, string>();
  for (const node of workshop.nodes.values()) {
    if (node.resourceType === 'source')
      sources.set(`${node.sourceName}.${node.name}`, node.uniqueId);
  }
  const refOf = (call: RefCall, from: GraphNode): string => {
    const key = call.package === null ? call.name : `${call.package}.${call.name}`;
    const id = byName.get(key);
    if (id !== undefined) return id;
    if (disabled.has(call.name)) {
      throw new TechstoreError(
        'compilation',
        `${from.name} reads '${call.name}', which is disabled`,
        {
          place: placeOfCall(from, call.name),
        },
      );
    }
    throw located(
      unknownRef(
        call.name,
        [...byName.keys()].filter((n) => !n.includes('.')),
      ),
      placeOfCall(from, call.name),
    );
  };
  const sourceOf = (call: SourceCall, from: GraphNode): string => {
    const id = sources.get(`${call.source}.${call.table}`);
    if (id !== undefined) return id;
    throw located(
      unknownSource(call.source, call.table, sources.keys()),
      placeOfCall(from, call.table),
    );
  };
  for (const node of [...workshop.nodes.values()]) {
    if (!('refs' in node)) continue;
    // A test of a disabled model is disabled with it, as in dbt.
    if (
      node.resourceType === 'test' &&
      node.refs.some((call) => disabled.has(call.name) && !byName.has(call.name))
    ) {
      workshop.nodes.delete(node.uniqueId);
      workshop.disabled.push(node);
      continue;
    }
    const ids = [
      ...node.refs.map((call) => refOf(call, node)),
      ...node.sources.map((call) => sourceOf(call, node)),
    ];
    node.dependsOn.nodes.push(...new Set(ids));
  }
}

/** The line of the file on which the name stands in a call. */
function placeOfCall(node: GraphNode, name: string): { file: string; line?: number } {
  if (!('rawCode' in node)) return node.place;
  const lines = node.rawCode.split('\n');
  const index = lines.findIndex((line) => /\b(ref|source)\s*\(/.test(line) && line.includes(name));
  return index === -1
    ? node.place
    : { file: node.originalFilePath, line: index + node.rawCodeLine };
}

function located(error: TechstoreError, place: { file: string; line?: number }): TechstoreError {
  return new TechstoreError(error.code, error.message, {
    place,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  });
}

function describeMacros(properties: readonly Properties[], workshop: Workshop): void {
  for (const file of properties) {
    for (const entry of file.macros) {
      const macro = workshop.session.macros.inPackage(workshop.project.name, entry.name);
      if (macro === undefined) {
        workshop.warnings.push({
          message: `The macro '${entry.name}' is described, but there is no such macro`,
          place: entry.place,
        });
        continue;
      }
      macro.entry.description = workshop.description(entry.description, entry.place).text;
      macro.entry.meta = { ...entry.meta };
      macro.entry.arguments = [...entry.arguments];
    }
  }
}
