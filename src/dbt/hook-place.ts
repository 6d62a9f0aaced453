/** The places of nodes' hooks in files, and the errors of failed hooks. */
import { join } from 'node:path';
import { TechstoreError, type Place } from '../errors.js';
import type { ModelNode, SeedNode } from '../manifest/nodes.js';
import { readText } from '../project/index.js';
import { withPlace, type PlacedSql } from './sql-place.js';

/**
 * The line on which a hook begins: in the node's own file, the YAML that describes it, or
 * dbt_project.yml. If no line matches, the node's file without a line.
 */
export function placeOfHook(sql: string, node: ModelNode | SeedNode, root: string): Place {
  const first = sql.split('\n').find((line) => line.trim() !== '');
  const wanted = first?.trim() ?? '';
  const none = { file: node.originalFilePath };
  if (wanted === '') return none;
  if (node.resourceType === 'model') {
    const line = lineWith(node.rawCode, wanted);
    if (line !== undefined) return { ...none, line: line + node.rawCodeLine - 1 };
  }
  for (const file of [node.patchPath, 'dbt_project.yml']) {
    if (file === null) continue;
    const line = lineWith(textOf(join(root, file), file), wanted);
    if (line !== undefined) return { file, line };
  }
  return none;
}

function lineWith(text: string, wanted: string): number | undefined {
  const index = text.split('\n').findIndex((line) => line.includes(wanted));
  return index === -1 ? undefined : index + 1;
}

/** An unreadable file only means that the place has no line. */
function textOf(path: string, name: string): string {
  try {
    return readText(path, name);
  } catch {
    return '';
  }
}

/** @param what the hook, as the beginning of a sentence */
export function hookFailed(what: string, error: unknown, sql: PlacedSql, place: Place): unknown {
  const placed = withPlace(error, { originalFilePath: place.file, place }, sql, 0);
  if (!(placed instanceof TechstoreError) || placed.code === 'interrupted') return error;
  return new TechstoreError('database', `${what} failed: ${placed.message}`, {
    place: placed.place ?? place,
    excerpt: placed.excerpt ?? sql.sql,
    exitCode: 1,
    cause: error,
    ...(placed.hint === undefined ? {} : { hint: placed.hint }),
  });
}
