/**
 * What a node's table depends on, as one hash: its compiled SQL (in which macros,
 * variables and environment have done their work), its configuration, and the
 * fingerprints of what it reads. Equal fingerprints give equal tables.
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
  /** Every node whose fingerprint is wanted, parents before children. */
  readonly order: readonly GraphNode[];
  /** Further parents that the manifest does not name, such as the seed that makes a source. */
  parentsOf(node: GraphNode): readonly string[];
  /** Fingerprints that are known from elsewhere: files of sources and seeds, tables that stay. */
  readonly given: ReadonlyMap<string, Fingerprint>;
  /** Changes with the program: what a new version makes of the same SQL may differ. */
  readonly version: string;
}

class AskedDatabase extends Error {}

const noDatabase = refusingBackend(() => Promise.reject(new AskedDatabase()));

/**
 * The compiler for fingerprints: the run's instant is reduced to its date and its id
 * to nothing, or no two runs would have the same SQL.
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
