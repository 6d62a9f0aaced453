/** What a build sent, for each node, in a form that a person can read and that stays the same. */
import type { RecordedStatement } from './gateway/recording.js';

/** Longer statements are cut: what they ask is in the models and the tests. */
const SHOWN = 110;

/** Asked by whichever node is first, and once more where two ask at the same instant. */
const METADATA = /^\s*(describe table|show|create schema)\b/i;

/**
 * A line for each statement below the name of its node. Tests that share a statement stand below
 * their tables, and metadata below a name of its own, since any node may be the one that asks.
 */
export function statementsOfNodes(statements: readonly RecordedStatement[]): string {
  const nodes = new Map<string, string[]>();
  for (const statement of statements) {
    // Signs of life: how many there are depends on how long the build takes.
    if (/SET seen_at/.test(statement.sql)) continue;
    const [node, line] = placed(statement);
    const lines = nodes.get(node) ?? [];
    if (node !== 'metadata' || !lines.includes(line)) nodes.set(node, [...lines, line]);
  }
  return [...nodes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([node, lines]) => [node, ...lines.sort().map((line) => `  ${line}`), ''].join('\n'))
    .join('\n');
}

function placed({ sql, tags }: RecordedStatement): [node: string, line: string] {
  const tests = sql.match(/\) as answer\d+/g)?.length ?? 0;
  if (tests > 0) return [`tests of ${tablesOf(sql).join(', ')}`, `${tests} tests in one statement`];
  if (METADATA.test(sql)) return ['metadata', shape(sql)];
  return [nodeOf(tags) ?? 'the build itself', shape(sql)];
}

function nodeOf(tags: string | null): string | undefined {
  return tags?.match(/techstore_node:([^,]+)/)?.[1];
}

function tablesOf(sql: string): string[] {
  const names = [...sql.matchAll(/(?:from|join)\s+`\w+`\.`\w+`\.`(\w+)`/gi)].map(
    ([, name]) => name,
  );
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

function shape(sql: string): string {
  const text = sql
    .replace(/__b\d{8}t\d{6}z_[0-9a-f]+/g, '__BUILD')
    .replace(/\d{8}T\d{6}Z-[0-9a-f]+/g, 'BUILD')
    .replace(/'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[\d.]*'/g, "'INSTANT'")
    .replace(/\s+/g, ' ')
    .trim();
  return text.length > SHOWN ? `${text.slice(0, SHOWN)} …` : text;
}
