/** One table of two builds: columns, rows, and a few of the rows that differ. */
import type { Connection, Dialect, RelationName } from '../engine/engine.js';
import { compareColumns, type SharedColumn } from './compared-columns.js';
import {
  differencesByKey,
  differencesOfWholeRows,
  isUnique,
  type RowComparison,
  type RowDifferences,
} from './compare-rows.js';
import { samplesByKey, samplesOfWholeRows } from './sample-rows.js';
import { noColumnChanges, noSamples, type TableChange, type TablePair } from './table-change.js';

export interface Comparer {
  readonly connection: Connection;
  readonly dialect: Dialect;
  /** Rows to show of each kind of difference; 0 for none. */
  readonly samples: number;
}

export async function compareTables(comparer: Comparer, pair: TablePair): Promise<TableChange> {
  const { name, from, to } = pair;
  if (from !== null && to !== null) return compareBoth(comparer, pair, from, to);
  const side = (from ?? to) as RelationName;
  const count = await countRows(comparer, side);
  const isNew = from === null;
  return {
    table: name,
    status: isNew ? 'added' : 'removed',
    key: null,
    note: null,
    rows: {
      from: isNew ? null : count,
      to: isNew ? count : null,
      added: isNew ? count : 0,
      removed: isNew ? 0 : count,
      changed: 0,
    },
    columns: noColumnChanges,
    changedColumns: [],
    samples: noSamples,
  };
}

async function compareBoth(
  comparer: Comparer,
  pair: TablePair,
  from: RelationName,
  to: RelationName,
): Promise<TableChange> {
  const { connection, dialect } = comparer;
  const { shared, changes } = compareColumns(
    await connection.columnsOf(from),
    await connection.columnsOf(to),
  );
  const rows = { from: await countRows(comparer, from), to: await countRows(comparer, to) };
  const whole: RowComparison = { connection, dialect, from, to, shared, key: [] };
  const { comparison, note } = await withKey(whole, pair);
  const found = await differences(comparison, rows);
  const hasRowChanges = found.added + found.removed + found.changed > 0;
  const hasColumnChanges =
    changes.added.length + changes.removed.length + changes.changed.length > 0;
  return {
    table: pair.name,
    status: hasRowChanges || hasColumnChanges ? 'changed' : 'same',
    key: comparison.key.length === 0 ? null : comparison.key.map((column) => column.name),
    note,
    rows: { ...rows, added: found.added, removed: found.removed, changed: found.changed },
    columns: changes,
    changedColumns: found.byColumn.filter((column) => column.rows > 0),
    samples: await samplesOf(comparison, found, comparer.samples),
  };
}

/** The first of the keys that both tables have, where it tells their rows apart. */
async function withKey(
  whole: RowComparison,
  pair: TablePair,
): Promise<{ comparison: RowComparison; note: string | null }> {
  const byName = new Map(whole.shared.map((column) => [column.name.toLowerCase(), column]));
  let repeated: readonly SharedColumn[] | null = null;
  for (const names of pair.keys) {
    const key = names.flatMap((name) => byName.get(name.toLowerCase()) ?? []);
    if (key.length < names.length) continue;
    const comparison = { ...whole, key };
    if (await isUnique(comparison)) return { comparison, note: null };
    repeated ??= key;
  }
  const note =
    repeated === null
      ? null
      : `${repeated.map(({ name }) => name).join(', ')} is not unique, so whole rows are compared`;
  return { comparison: whole, note };
}

async function differences(
  comparison: RowComparison,
  rows: { readonly from: number; readonly to: number },
): Promise<RowDifferences> {
  if (comparison.key.length > 0) return differencesByKey(comparison);
  if (comparison.shared.length > 0) return differencesOfWholeRows(comparison);
  // No column in common: nothing of the one is in the other.
  return { added: rows.to, removed: rows.from, changed: 0, byColumn: [] };
}

async function samplesOf(
  comparison: RowComparison,
  found: RowDifferences,
  limit: number,
): Promise<TableChange['samples']> {
  if (comparison.key.length > 0) return samplesByKey(comparison, found, limit);
  return comparison.shared.length > 0 ? samplesOfWholeRows(comparison, found, limit) : noSamples;
}

async function countRows({ connection, dialect }: Comparer, table: RelationName): Promise<number> {
  const { rows } = await connection.query(`SELECT count(*) FROM ${dialect.renderRelation(table)}`);
  return Number(rows[0]?.[0]);
}
