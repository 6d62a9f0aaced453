/** Why a node would run. */
import { calledMacros } from '../graph/index.js';
import { isEphemeral } from '../manifest/is-ephemeral.js';
import type { GraphNode, Manifest } from '../manifest/nodes.js';
import { isGood, type Fingerprint, type NodeStates } from '../manifest/node-state.js';
import {
  codeOfNode,
  hashOfValue,
  macroHashes,
  shortHash,
  type CodeOfNode,
  type CodeRecord,
} from './code-record.js';
import type { OwnText } from './own-text.js';

export type ReasonKind =
  /** No build has it. */
  | 'new'
  /** Its file's SQL. */
  | 'sql'
  | 'config'
  | 'macro'
  | 'variable'
  | 'environment'
  /** Its SQL asks for the date of the run. */
  | 'date'
  /** Rows of a seed's file, or of a source's. */
  | 'data'
  /** Something that it reads runs. */
  | 'upstream'
  /** It failed, or was skipped. */
  | 'failed'
  /** Its SQL depends on what the database answers, so that nobody knows. */
  | 'asks'
  | 'full-refresh'
  /** Another version of the program, or other settings of the target. */
  | 'program'
  /** Warnings count as errors now. */
  | 'warn-error'
  /** It changed, and the earlier build does not say in what. */
  | 'changed';

export interface Reason {
  readonly kind: ReasonKind;
  /** Of macros, variables, configuration keys, or unique ids of what is read. */
  readonly names: readonly string[];
  /** For `sql`: the file's text before; null where the earlier build did not keep it. */
  readonly before?: string | null;
}

export interface ReasonInputs {
  readonly manifest: Manifest;
  readonly prior: NodeStates;
  readonly fingerprints: ReadonlyMap<string, Fingerprint>;
  readonly ownTexts: ReadonlyMap<string, OwnText>;
  /** What the rows of a node depend on, by unique id. */
  readonly parentsOf: (node: GraphNode) => readonly string[];
  /** Sources that are loaded. */
  readonly loads: ReadonlySet<string>;
  readonly fullRefresh: boolean;
  /** Null where the earlier build kept nothing of its code. */
  readonly code: CodeRecord | null;
  readonly vars: ReadonlyMap<string, unknown>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly day: string;
  /** True where another version of the program made the earlier build. */
  readonly otherProgram: boolean;
}

/** @returns reasons of a node that runs, what is its own before what it reads; at least one */
export function reasonsFor(inputs: ReasonInputs): (node: GraphNode) => readonly Reason[] {
  const macros = macroHashes(inputs.manifest);
  return (node) => {
    const state = inputs.prior[node.uniqueId];
    if (state === undefined) return [plain('new')];
    if (inputs.fullRefresh) return [plain('full-refresh')];
    if (!isGood(state)) return [plain('failed'), ...changes(node, inputs, macros)];
    const found = changes(node, inputs, macros);
    if (found.length > 0) return found;
    if (inputs.otherProgram) return [plain('program')];
    const isSame = !isOther(node.uniqueId, inputs.prior, inputs.fingerprints);
    return [plain(isSame && state.status === 'warn' ? 'warn-error' : 'changed')];
  };
}

const plain = (kind: ReasonKind): Reason => ({ kind, names: [] });

function changes(
  node: GraphNode,
  inputs: ReasonInputs,
  macros: Readonly<Record<string, string>>,
): Reason[] {
  const { ownTexts, code } = inputs;
  const own = ownTexts.get(node.uniqueId);
  const found: Reason[] = [];
  if (own?.compilation?.kind === 'asks') found.push(plain('asks'));
  const before = code?.nodes[node.uniqueId];
  if (own !== undefined && before !== undefined && code !== null)
    found.push(...ownChanges(node, own, before, code, inputs, macros));
  const { data, upstream } = readChanges(node, inputs);
  if (data.length > 0) found.push({ kind: 'data', names: data });
  if (upstream.length > 0) found.push({ kind: 'upstream', names: upstream });
  return found;
}

function ownChanges(
  node: GraphNode,
  own: OwnText,
  before: CodeOfNode,
  code: CodeRecord,
  inputs: ReasonInputs,
  macros: Readonly<Record<string, string>>,
): Reason[] {
  const now = codeOfNode(node, own);
  const found: Reason[] = [];
  if (now.checksum !== before.checksum) found.push({ kind: 'data', names: [] });
  const hasFault = own.compilation?.kind === 'fault';
  if (now.sql !== before.sql || own.compilation?.kind === 'asks' || hasFault) {
    const raw = node.resourceType === 'model' ? node.rawCode : undefined;
    const causes = causesOf(node, before, code, inputs, macros);
    if (raw !== undefined && raw !== before.raw)
      found.push({ kind: 'sql', names: [], before: before.raw ?? null });
    found.push(...causes);
    const isInlined = changedEphemerals(node, inputs).length > 0;
    if (now.sql !== before.sql && found.length === 0 && !isInlined)
      found.push(plain(code.day === inputs.day ? 'changed' : 'date'));
  }
  const keys = new Set([...Object.keys(now.config), ...Object.keys(before.config)]);
  const config = [...keys].filter((key) => now.config[key] !== before.config[key]);
  if (config.length > 0) found.push({ kind: 'config', names: config.sort() });
  return found;
}

/** What of the things that a file's templates call is another now. */
function causesOf(
  node: GraphNode,
  before: CodeOfNode,
  code: CodeRecord,
  inputs: ReasonInputs,
  macros: Readonly<Record<string, string>>,
): Reason[] {
  const called = calledMacros(node, inputs.manifest);
  const changedMacros = [...called].filter((id) => macros[id] !== code.macros[id]);
  const other = (
    names: readonly string[],
    kept: Readonly<Record<string, string>>,
    valueOf: (name: string) => unknown,
  ): string[] => names.filter((name) => kept[name] !== hashOfValue(valueOf(name)));
  const vars = other(before.vars, code.vars, (name) => inputs.vars.get(name));
  const env = other(before.env, code.env, (name) => inputs.env[name]);
  const nameOf = (id: string): string => inputs.manifest.macros.get(id)?.name ?? id;
  return [
    ...(changedMacros.length > 0
      ? [{ kind: 'macro' as const, names: changedMacros.map(nameOf) }]
      : []),
    ...(vars.length > 0 ? [{ kind: 'variable' as const, names: vars }] : []),
    ...(env.length > 0 ? [{ kind: 'environment' as const, names: env }] : []),
  ];
}

function readChanges(
  node: GraphNode,
  inputs: ReasonInputs,
): { data: string[]; upstream: string[] } {
  const { manifest, parentsOf, prior, fingerprints, loads } = inputs;
  const data: string[] = [];
  const upstream: string[] = changedEphemerals(node, inputs);
  for (const id of tablesRead(node, inputs)) {
    const parent = manifest.nodes.get(id);
    if (parent === undefined || id === node.uniqueId) continue;
    if (loads.has(id)) data.push(id);
    else if (parent.resourceType === 'source') {
      // Of a source that a seed stands for it is the seed that changed.
      const changed = parentsOf(parent).filter((seed) => isOther(seed, prior, fingerprints));
      data.push(...changed);
    } else if (isOther(id, prior, fingerprints)) upstream.push(id);
  }
  return { data, upstream };
}

function isOther(
  id: string,
  prior: NodeStates,
  fingerprints: ReadonlyMap<string, Fingerprint>,
): boolean {
  const now = fingerprints.get(id) ?? null;
  const before = prior[id];
  if (before === undefined) return true;
  return now === null || before.fingerprint !== now;
}

/** What a node reads, through ephemeral models, which have no table. */
function tablesRead(node: GraphNode, inputs: ReasonInputs): Set<string> {
  const found = new Set<string>();
  for (const id of inputs.parentsOf(node)) {
    const parent = inputs.manifest.nodes.get(id);
    if (parent === undefined || id === node.uniqueId) continue;
    if (!isEphemeral(parent)) found.add(id);
    else for (const below of tablesRead(parent, inputs)) found.add(below);
  }
  return found;
}

/** Ephemeral models whose SQL is part of the node's, and is another now. */
function changedEphemerals(node: GraphNode, inputs: ReasonInputs): string[] {
  const { manifest, code, ownTexts } = inputs;
  const found = new Set<string>();
  for (const id of inputs.parentsOf(node)) {
    const parent = manifest.nodes.get(id);
    if (parent === undefined || !isEphemeral(parent)) continue;
    const [own, before] = [ownTexts.get(id), code?.nodes[id]];
    const sql = typeof own?.sql === 'string' ? shortHash(own.sql) : null;
    if (code !== null && before?.sql !== sql) found.add(id);
    for (const below of changedEphemerals(parent, inputs)) found.add(below);
  }
  return [...found];
}
