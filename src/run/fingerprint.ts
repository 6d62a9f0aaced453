/**
 * Everything that a node's table depends on, as one hash: its compiled SQL (which includes the
 * effects of macros, variables and environment), its configuration, and the fingerprints of its
 * parents. Equal fingerprints give equal tables.
 */
import { createHash } from 'node:crypto';
import { Compiler, type CompilableNode } from '../dbt/compile.js';
import { refusingBackend } from '../dbt/backend.js';
import { configByDbtNames } from '../manifest/config-by-dbt-names.js';
import { stableText } from '../dbt/stable-text.js';
import { TechstoreError } from '../errors.js';
import type { Fingerprint } from '../manifest/node-state.js';
import type { GraphNode, Manifest, UnitTestNode } from '../manifest/nodes.js';

export type { Fingerprint };

export interface FingerprintInputs {
  readonly compiler: Compiler;
  /** The nodes to fingerprint, parents before children. */
  readonly order: readonly GraphNode[];
  /** Parents that are not in the manifest, such as the seed that creates a source. */
  parentsOf(node: GraphNode): readonly string[];
  /** Known fingerprints: of files of sources and seeds, and of reused tables. */
  readonly given: ReadonlyMap<string, Fingerprint>;
  /** The program's version, because a new version may build a different table from the same SQL. */
  readonly version: string;
}

class AskedDatabase extends Error {}

const noDatabase = refusingBackend(() => Promise.reject(new AskedDatabase()));

/**
 * The compiler for fingerprints. It reduces the run's instant to its date and omits the run's id;
 * otherwise no two runs would have the same SQL.
 */
export function fingerprintCompiler(compiler: Compiler, manifest: Manifest): Compiler {
  const day = new Date(compiler.session.runStartedAt.toISOString().slice(0, 10));
  return new Compiler(
    {
      ...compiler.session,
      runStartedAt: day,
      invocationId: '',
      log: { info: none, warn: none, debug: none },
    },
    manifest,
    compiler,
  );
}

const none = (): void => undefined;

export async function fingerprints(inputs: FingerprintInputs): Promise<Map<string, Fingerprint>> {
  const known = new Map<string, Fingerprint>(inputs.given);
  const { settings = {} } = inputs.compiler.session.target;
  const version =
    Object.keys(settings).length === 0 ? inputs.version : stableText([inputs.version, settings]);
  for (const node of inputs.order) {
    if (known.has(node.uniqueId)) continue;
    known.set(node.uniqueId, await fingerprintOf(node, { ...inputs, version }, known));
  }
  return known;
}

async function fingerprintOf(
  node: GraphNode,
  inputs: FingerprintInputs,
  known: ReadonlyMap<string, Fingerprint>,
): Promise<Fingerprint> {
  const parents: string[] = [];
  for (const parent of [...inputs.parentsOf(node)].sort()) {
    const fingerprint = known.get(parent);
    if (fingerprint === null) return null;
    // A node that refers to nothing known, such as a source without a file, stands for its name.
    parents.push(fingerprint ?? parent);
  }
  const text = await ownText(node, inputs.compiler);
  if (text === null) return null;
  return hash(inputs.version, node.resourceType, node.uniqueId, text, ...parents);
}

async function ownText(node: GraphNode, compiler: Compiler): Promise<string | null> {
  switch (node.resourceType) {
    case 'source':
    case 'exposure':
    case 'seed':
      return node.resourceType === 'seed'
        ? stableText([node.checksum, node.schema, node.alias, configByDbtNames(node.config)])
        : '';
    case 'unit_test':
      return unitTestText(node);
    case 'model':
    case 'test':
    case 'analysis': {
      const sql = await compiledText(node, compiler);
      return sql === null
        ? null
        : stableText([
            sql,
            node.database,
            node.schema,
            node.alias,
            configByDbtNames(node.config),
            node.columns,
            node.resourceType === 'model' ? [node.constraints, node.description] : [],
          ]);
    }
  }
}

function unitTestText(node: UnitTestNode): string {
  return stableText([node.model, node.given, node.expect, node.overrides]);
}

async function compiledText(node: CompilableNode, compiler: Compiler): Promise<string | null> {
  try {
    return (await compiler.compile(node, { backend: noDatabase })).sql;
  } catch (error) {
    // A fault in the template is told when the node runs, with everything else of that node.
    if (error instanceof AskedDatabase || error instanceof TechstoreError) return null;
    throw error;
  }
}

export function hash(...parts: readonly string[]): string {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(`${part.length}:`).update(part);
  return sum.digest('hex').slice(0, 32);
}
