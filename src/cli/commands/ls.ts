/** `ls`: the selected nodes, as dbt lists them. */
import { listingOrder, selectorOf } from '../../graph/index.js';
import type { GraphNode } from '../../manifest/nodes.js';
import { nodeByDbtNames } from '../../dbt/node-value.js';
import { load } from '../load.js';
import type { FormatOptions, ProjectOptions, SelectionOptions } from '../options.js';
import { ownRows, printRows } from '../print-rows.js';
import { reporterOf } from '../reporter.js';
import { selectedNodes } from '../selection.js';
import { withNames } from '../with-names.js';

export interface LsOptions extends ProjectOptions, SelectionOptions, FormatOptions {
  readonly output: 'selector' | 'name' | 'path' | 'json';
  readonly outputKeys?: string[];
}

const defaultKeys = [
  'alias',
  'name',
  'package_name',
  'depends_on',
  'tags',
  'config',
  'resource_type',
  'source_name',
  'original_file_path',
  'unique_id',
];

/** @param names the same as `--select` */
export async function ls(names: readonly string[], given: LsOptions): Promise<void> {
  const options = withNames(names, given);
  const reporter = await reporterOf(options);
  const project = load('list', options, reporter.logger);
  for (const warning of project.warnings) reporter.warning(warning);
  const ids = await selectedNodes(names, options, project, reporter);
  const nodes = listingOrder(project.manifest, ids);
  const asTable = options.format !== undefined || options.json === true || options.csv === true;
  if (asTable) {
    await printRows(
      ownRows(
        [
          ['name', 'VARCHAR'],
          ['resource_type', 'VARCHAR'],
          ['path', 'VARCHAR'],
          ['tags', 'VARCHAR'],
          ['unique_id', 'VARCHAR'],
        ],
        nodes.map((node) => [
          node.name,
          node.resourceType,
          node.originalFilePath,
          node.tags.join(' '),
          node.uniqueId,
        ]),
      ),
      options,
      'No nodes selected!',
    );
    return;
  }
  if (nodes.length === 0) {
    reporter.warning({ message: 'No nodes selected!' });
    return;
  }
  process.stdout.write(nodes.map((node) => `${lineOf(node, options)}\n`).join(''));
}

function lineOf(node: GraphNode, options: LsOptions): string {
  switch (options.output) {
    case 'name':
      return node.name;
    case 'path':
      return node.originalFilePath;
    case 'json': {
      const all = nodeByDbtNames(node);
      const keys = options.outputKeys?.flatMap((key) => key.split(/[ ,]+/)) ?? defaultKeys;
      return JSON.stringify(
        Object.fromEntries(keys.filter((k) => k in all).map((k) => [k, all[k]])),
      );
    }
    case 'selector':
      return selectorOf(node);
  }
}
