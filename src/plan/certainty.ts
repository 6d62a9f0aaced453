/** Whether what a database without data says of a model is certain to be said of it in a build too. */
import type { DatabaseError, DatabaseErrorKind } from '../engine/database-error.js';
import { relationOf } from '../manifest/relation-of.js';
import type { GraphNode, Manifest, ModelNode } from '../manifest/nodes.js';

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
  model: ModelNode,
  manifest: Manifest,
  hooks: readonly string[],
  others: readonly string[] = [],
): string | null {
  if (ofTheMoment.has(error.kind)) return `the database cannot tell: ${firstLine(error.message)}`;
  const missing = missingName(error.message);
  if (missing === null) return null;
  if (hooks.some((sql) => sql.toLowerCase().includes(missing)))
    return `a hook makes ${missing}, and hooks do not run here`;
  if (others.includes(missing)) return `another program makes ${missing}`;
  // Read by its own name and not by ref(): it may be there in time.
  return isTableOfProject(missing, model, manifest) ? `it reads ${missing} without ref()` : null;
}

const notThere = [
  /with name "?([^"\s]+)"? does not exist/i,
  /Catalog "([^"]+)" does not exist/,
  /^\[(?:TABLE_OR_VIEW_NOT_FOUND|UNRESOLVED_ROUTINE|ROUTINE_NOT_FOUND)[^\]]*\][^`]*((?:`[^`]+`\.?)+)/,
];

/** The last part of the name of a table or a function that is not there; null where it is another error. */
function missingName(message: string): string | null {
  const name = notThere.flatMap((pattern) => pattern.exec(message)?.[1] ?? [])[0];
  return name?.replaceAll('`', '').split('.').at(-1)?.toLowerCase() ?? null;
}

function isTableOfProject(name: string, model: ModelNode, { nodes }: Manifest): boolean {
  const isNamed = (node: GraphNode | undefined): boolean =>
    (node?.resourceType === 'model' ||
      node?.resourceType === 'seed' ||
      node?.resourceType === 'source') &&
    relationOf(node).identifier.toLowerCase() === name;
  // What the model asks for by source() has to be there before.
  const isOwnSource = model.dependsOn.nodes.some(
    (id) => nodes.get(id)?.resourceType === 'source' && isNamed(nodes.get(id)),
  );
  return !isOwnSource && [...nodes.values()].some(isNamed);
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
