/** Rows by folder, rows that were set aside, and what differs from the build before. */
import type { GraphNode } from '../../manifest/nodes.js';
import { visibleLine } from '../visible.js';
import { counted, nodeOf, number, widthOf, type SummaryInput } from './input.js';
import { wrapped } from './wrapped.js';

/** Rows in and out by folder: in is what the folder's models read from outside of it. */
export function layers(input: SummaryInput): string[] {
  const members = new Map<string, GraphNode[]>();
  for (const result of input.result.results) {
    const node = nodeOf(input, result);
    if (node?.resourceType !== 'model') continue;
    const layer = node.fqn.length > 2 ? (node.fqn[1] ?? '') : 'models';
    members.set(layer, [...(members.get(layer) ?? []), node]);
  }
  if (members.size === 0) return [];
  const lines = [...members].map(([layer, nodes]) => {
    const own = new Set(nodes.map((node) => node.uniqueId));
    const parents = new Set(
      nodes.flatMap((node) => node.dependsOn.nodes).filter((id) => !own.has(id)),
    );
    const sum = (ids: Iterable<string>): string => {
      const rows = [...ids].map((id) => rowsOf(input, id));
      return rows.includes('unknown')
        ? '-'
        : number(rows.reduce<number>((total, one) => total + Number(one), 0));
    };
    return [layer, String(nodes.length), sum(parents), sum(own)];
  });
  return [...table(['layer', 'models', 'rows in', 'rows out'], lines), ''];
}

/** A source has the rows of its file, or of the seed that makes it; a table of others was not counted. */
function rowsOf(input: SummaryInput, id: string): number | 'unknown' {
  const known = input.rows.get(id);
  if (known != null) return known;
  const node = input.manifest.nodes.get(id);
  if (node?.resourceType !== 'source') return 0;
  for (const [other, rows] of input.rows) {
    const seed = input.manifest.nodes.get(other);
    if (
      seed?.resourceType === 'seed' &&
      seed.alias === node.identifier &&
      seed.schema === node.schema
    ) {
      return rows ?? 0;
    }
  }
  return 'unknown';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((h, i) =>
    Math.max(h.length, ...rows.map((row) => (row[i] ?? '').length)),
  );
  return [head, ...rows].map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('   ')
      .trimEnd(),
  );
}

export function setAside(input: SummaryInput): string[] {
  if (input.rejected.length === 0) return [];
  const byTable = new Map<string, [string, number][]>();
  for (const [name, reason, rows] of input.rejected) {
    byTable.set(name, [...(byTable.get(name) ?? []), [reason, rows]]);
  }
  const total = input.rejected.reduce((sum, [, , rows]) => sum + rows, 0);
  const width = Math.max(...[...byTable.keys()].map((name) => name.length));
  const lines = [...byTable].map(([name, reasons]) => {
    const rows = reasons.reduce((sum, [, n]) => sum + n, 0);
    const head = `  ${visibleLine(name).padEnd(width)} ${number(rows).padStart(6)}  `;
    const list = reasons.map(([reason, n]) => `${visibleLine(reason)} ${number(n)}`);
    return wrapped(list, head, widthOf(input));
  });
  return [`${counted(total, 'row')} set aside`, ...lines, ''];
}

export function changes(input: SummaryInput): string[] {
  if (input.previousRows === null) return [];
  const lines: string[] = [];
  for (const [id, rows] of input.rows) {
    const node = input.manifest.nodes.get(id);
    if (node?.resourceType !== 'model' || rows === null) continue;
    const before = input.previousRows.get(id);
    if (before === rows) continue;
    if (before == null) lines.push(`  ${node.name}: new, ${counted(rows, 'row')}`);
    else
      lines.push(`  ${visibleLine(node.name)}: ${counted(rows, 'row')} (${signed(rows - before)})`);
  }
  for (const [id] of input.previousRows) {
    // A model that was skipped is not gone, it only has no table in this build.
    if (!input.manifest.nodes.has(id) && id.startsWith('model.'))
      lines.push(`  ${visibleLine(id.split('.').slice(2).join('.'))}: gone`);
  }
  return lines.length === 0 ? [] : ['Changes since the previous build', ...lines, ''];
}

function signed(value: number): string {
  return value > 0 ? `+${number(value)}` : `-${number(-value)}`;
}
