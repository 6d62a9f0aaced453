/** `--dictionary`: every table with its columns, their types, tests and meanings, as a page. */
import { markdownLine, markdownName, markdownTable, plainMarkdown } from '../../format/markdown.js';
import type { Column, GraphNode, Manifest, TestNode } from '../../manifest/nodes.js';
import { columnsByNode } from '../columns-of.js';
import type { Lineage, LineageColumn, LineageNode } from '../lineage.js';
import { stagesOf } from '../stages.js';

/** @param command what a reader runs to make the page again */
export function dictionaryMarkdown(lineage: Lineage, manifest: Manifest, command: string): string {
  const traced = columnsByNode(lineage.columns);
  const tests = testsByNode(manifest);
  const stages = stagesOf(lineage, manifest).filter(({ kind }) => kind === 'tables');
  const parts = [
    `# Data dictionary of ${plainMarkdown(manifest.projectName)}`,
    `Written by \`${command}\`. Do not change it by hand.`,
    ...(stages.length === 0 ? ['No tables are selected.'] : []),
    ...stages.flatMap(({ title, nodes }) => [
      `## ${plainMarkdown(title)}`,
      ...nodes.flatMap((node) =>
        tableSection(
          node,
          manifest.nodes.get(node.id),
          traced.get(node.id) ?? [],
          tests.get(node.id) ?? [],
        ),
      ),
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function tableSection(
  node: LineageNode,
  full: GraphNode | undefined,
  traced: readonly LineageColumn[],
  tests: readonly TestNode[],
): string[] {
  const described = full !== undefined && 'columns' in full ? full.columns : {};
  const columns = allColumns(described, traced);
  const ofTable = tests.filter(({ columnName }) => columnName === null);
  const facts = [
    `${node.materialized ?? node.type.replace('_', ' ')}`,
    ...(node.tags.length === 0 ? [] : [`tags: ${node.tags.join(', ')}`]),
    node.path,
  ];
  return [
    `### ${plainMarkdown(node.name)}`,
    ...(node.description.trim() === '' ? [] : [markdownLine(node.description)]),
    facts.map(plainMarkdown).join(' · '),
    ...(ofTable.length === 0 ? [] : [`Tests of the table: ${ofTable.map(testText).join(', ')}`]),
    ...(columns.length === 0
      ? ['Its columns are not described.']
      : [
          markdownTable(
            ['Column', 'Type', 'Tests', 'Description'],
            columns.map(({ name, type, description }) => [
              markdownName(name),
              plainMarkdown(type ?? ''),
              tests
                .filter(({ columnName }) => columnName?.toLowerCase() === name.toLowerCase())
                .map(testText)
                .join(', '),
              markdownLine(description),
            ]),
          ),
        ]),
  ];
}

interface Entry {
  readonly name: string;
  readonly type: string | null;
  readonly description: string;
}

/** In the order of the table; behind them what is described and was not found. */
function allColumns(
  described: Readonly<Record<string, Column>>,
  traced: readonly LineageColumn[],
): readonly Entry[] {
  const left = new Map(Object.values(described).map((one) => [one.name.toLowerCase(), one]));
  const found = traced.map(({ column, type }): Entry => {
    const yaml = left.get(column.toLowerCase());
    left.delete(column.toLowerCase());
    return {
      name: column,
      type: type ?? yaml?.dataType ?? null,
      description: yaml?.description ?? '',
    };
  });
  const others = [...left.values()].map(({ name, dataType, description }): Entry => {
    return { name, type: dataType, description };
  });
  return [...found, ...others];
}

function testsByNode(manifest: Manifest): ReadonlyMap<string, readonly TestNode[]> {
  const found = new Map<string, TestNode[]>();
  for (const node of manifest.nodes.values()) {
    if (node.resourceType !== 'test' || node.attachedNode === null) continue;
    const list = found.get(node.attachedNode);
    if (list === undefined) found.set(node.attachedNode, [node]);
    else list.push(node);
  }
  return found;
}

/** A test with what it asks for: the values of a list, the column that is referred to. */
function testText({ testMetadata, name }: TestNode): string {
  if (testMetadata === null) return markdownName(name);
  const { kwargs } = testMetadata;
  const { values, to, field } = kwargs;
  const called = markdownName(testMetadata.name);
  if (Array.isArray(values))
    return `${called} (${values.map((v) => plainMarkdown(String(v))).join(', ')})`;
  if (typeof to === 'string' && typeof field === 'string') {
    // `ref('orders')` and `source('crm', 'people')` as people say them.
    const names = [...to.matchAll(/(["'])(.*?)\1/g)].map(([, , name]) => name ?? '');
    const table = names.length === 0 ? to : names.join('.');
    return `${called} (${markdownName(`${table}.${field}`)})`;
  }
  return called;
}
