/** Whether what a database without data says of a model is certain to be said of it in a build too. */
import type { DatabaseError, DatabaseErrorKind } from '../engine/database-error.js';
import { relationOf } from '../manifest/relation-of.js';
import type { Manifest } from '../manifest/nodes.js';

/** Faults that say something of this machine or this moment, and not of the SQL. */
const ofTheMoment: ReadonlySet<DatabaseErrorKind> = new Set<DatabaseErrorKind>([
  'io',
  'permission',
  'missing-extension',
  'transaction',
  'out-of-memory',
  'disk-full',
  'corrupt',
  'other',
]);

/**
 * Why it is not certain, as the end of a sentence; null where it is.
 *
 * @param hooks SQL that runs in a build and may make what is missing here
 * @param others names of tables of other programs, in lower case
 */
export function isCertain(
  error: DatabaseError,
  manifest: Manifest,
  hooks: readonly string[],
  others: readonly string[] = [],
): string | null {
  if (ofTheMoment.has(error.kind)) return `the database cannot tell: ${firstLine(error.message)}`;
  const missing = /with name "?([^"\s]+)"? does not exist/i.exec(error.message)?.[1];
  if (missing === undefined) return null;
  const name = (missing.split('.').at(-1) ?? missing).toLowerCase();
  if (hooks.some((sql) => sql.toLowerCase().includes(name)))
    return `a hook makes ${name}, and hooks do not run here`;
  if (others.includes(name)) return `another program makes ${name}`;
  // Read by its own name and not by ref(): it may be there in time.
  return isTableOfProject(name, manifest) ? `it reads ${name} without ref()` : null;
}

function isTableOfProject(name: string, manifest: Manifest): boolean {
  for (const node of manifest.nodes.values()) {
    if (
      node.resourceType !== 'model' &&
      node.resourceType !== 'seed' &&
      node.resourceType !== 'source'
    )
      continue;
    if (relationOf(node).identifier.toLowerCase() === name) return true;
  }
  return false;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
