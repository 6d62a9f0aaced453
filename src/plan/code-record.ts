/** What a published build keeps of the code that made it, so that the next plan can say what changed. */
import { builtInPackage } from '../dbt/macro-registry.js';
import { createHash } from 'node:crypto';
import { stableText } from '../dbt/stable-text.js';
import type { Session } from '../dbt/session.js';
import type { GraphNode, Manifest } from '../manifest/nodes.js';
import type { OwnText } from './own-text.js';

/** Kept as JSON. Values of variables are kept as hashes alone: they may be secret. */
export interface CodeRecord {
  readonly format: 1;
  /** The date of the run, which templates may ask for: `2025-06-30`. */
  readonly day: string;
  /** Hash by unique id, of the project's own macros. */
  readonly macros: Readonly<Record<string, string>>;
  /** Hash by name, of those that SQL asked for. */
  readonly vars: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly nodes: Readonly<Record<string, CodeOfNode>>;
}

export interface CodeOfNode {
  /** Hash of the compiled SQL without layout; null where it has none. */
  readonly sql: string | null;
  /** The file's text, of models alone. */
  readonly raw?: string;
  /** Of a seed: of its file. */
  readonly checksum?: string;
  /** Configuration that counts, by dbt's names: hashes of the values. */
  readonly config: Readonly<Record<string, string>>;
  readonly vars: readonly string[];
  readonly env: readonly string[];
}

export interface CodeRecordInputs {
  readonly manifest: Manifest;
  readonly ownTexts: ReadonlyMap<string, OwnText>;
  readonly session: Pick<Session, 'vars' | 'env' | 'runStartedAt'>;
  /** Nodes whose tables are what the project makes of them now. */
  readonly ids: Iterable<string>;
  /** The record of the build that other tables stay from; null where there is none. */
  readonly earlier: CodeRecord | null;
  /** Takes secrets out of a text. */
  readonly redact?: ((text: string) => string) | undefined;
}

export function codeRecord(inputs: CodeRecordInputs): CodeRecord {
  const { manifest, ownTexts, session, earlier, redact = (text) => text } = inputs;
  const nodes: Record<string, CodeOfNode> = {};
  const asked = { vars: new Set<string>(), env: new Set<string>() };
  for (const id of inputs.ids) {
    const [node, own] = [manifest.nodes.get(id), ownTexts.get(id)];
    if (node === undefined || own === undefined) continue;
    for (const name of own.vars) asked.vars.add(name);
    for (const name of own.env) asked.env.add(name);
    nodes[id] = {
      ...codeOfNode(node, own),
      ...(node.resourceType === 'model' ? { raw: redact(node.rawCode) } : {}),
    };
  }
  for (const [id, code] of Object.entries(earlier?.nodes ?? {})) {
    if (manifest.nodes.has(id)) nodes[id] ??= code;
  }
  return {
    format: 1,
    day: session.runStartedAt.toISOString().slice(0, 10),
    macros: macroHashes(manifest),
    vars: hashes(asked.vars, (name) => session.vars.get(name)),
    env: hashes(asked.env, (name) => session.env[name]),
    nodes,
  };
}

export function codeOfNode(node: GraphNode, own: OwnText): CodeOfNode {
  const config: Record<string, string> = {};
  for (const [key, value] of Object.entries(own.config)) {
    const text = stableText(value);
    if (!['null', '[]', '{}', '""'].includes(text)) config[key] = shortHash(text);
  }
  return {
    sql: own.sql === null ? null : shortHash(own.sql),
    ...(node.resourceType === 'seed' ? { checksum: node.checksum } : {}),
    config,
    vars: own.vars,
    env: own.env,
  };
}

/** Of the macros of the project and its packages: those that come with the program change with it. */
export function macroHashes(manifest: Manifest): Record<string, string> {
  const found: Record<string, string> = {};
  for (const macro of manifest.macros.values()) {
    if (macro.packageName !== builtInPackage) found[macro.uniqueId] = shortHash(macro.macroSql);
  }
  return found;
}

function hashes(
  names: Iterable<string>,
  valueOf: (name: string) => unknown,
): Record<string, string> {
  return Object.fromEntries([...names].sort().map((name) => [name, hashOfValue(valueOf(name))]));
}

/** Of a variable; one that is not set is as null. */
export function hashOfValue(value: unknown): string {
  return shortHash(stableText(value ?? null));
}

export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** Null for what an earlier or a later version wrote, or somebody else. */
export function readCodeRecord(value: unknown): CodeRecord | null {
  if (typeof value !== 'object' || value === null) return null;
  const record = value as Partial<CodeRecord>;
  const isMap = (part: unknown): boolean => typeof part === 'object' && part !== null;
  const isWhole = [record.macros, record.vars, record.env, record.nodes].every(isMap);
  return record.format === 1 && isWhole && typeof record.day === 'string'
    ? (record as CodeRecord)
    : null;
}
