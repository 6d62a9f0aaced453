import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { GraphNode } from '../manifest/nodes.js';
import { compiledFile } from '../run/execute-node.js';
import type { LoadedProject } from './load.js';

/** Writes the SQL of a node below `target/compiled`, and says where: relative to the project. */
export async function writeCompiled(
  node: GraphNode,
  sql: string,
  { targetDir, project }: LoadedProject,
): Promise<string> {
  const path = join(targetDir, 'compiled', compiledFile(node));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, sql);
  return relative(project.root, path).replaceAll('\\', '/');
}
