/** Columns of tables that no model makes, as far as files and YAML tell them. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseError } from '../engine/database-error.js';
import type { Connection, Dialect, Engine, RelationName } from '../engine/engine.js';
import { TechstoreError } from '../errors.js';
import type { TypedColumn } from '../lineage/index.js';
import type { RelationPlace } from '../manifest/node-state.js';
import type { Manifest, SeedNode, SourceNode } from '../manifest/nodes.js';
import { relationOf } from '../manifest/relation-of.js';
import { seedsOfSources } from '../graph/index.js';
import { readSeed } from '../sources/index.js';
import type { TableBefore } from './bind.js';
import { seedTypesOfWarehouse, warehouseType } from './seed-types.js';

/** A larger file is not read for the types of its columns. */
const largestSeed = 4_000_000;

/** What a run does, as far as it tells which tables are there before its models. */
export interface TablesBefore {
  readonly manifest: Manifest;
  /** Ids of the nodes that run. */
  readonly runs: ReadonlySet<string>;
  /** Ids of the sources that are loaded from files. */
  readonly loads: ReadonlySet<string>;
  /** Tables of the earlier build that stay, by the id of their node. */
  readonly carry: ReadonlyMap<string, { readonly relation: RelationPlace | null }>;
  /** Columns of a table of the earlier build. */
  describe(relation: RelationPlace): Promise<readonly TypedColumn[] | null>;
}

/** Columns of a table as the database has it. By its description: a look into the catalog reads all tables' columns. */
export function columnsOfTable(
  connection: Pick<Connection, 'describe'>,
  { renderRelation }: Pick<Dialect, 'renderRelation'>,
  relation: RelationName,
): Promise<readonly TypedColumn[]> {
  return connection.describe(`select * from ${renderRelation(relation)}`);
}

/** Columns of what models read and no model of the run makes; null where nobody knows them. */
export function columnsBefore(
  before: TablesBefore,
): (id: string) => Promise<readonly TypedColumn[] | null> {
  const { manifest, runs, loads, carry } = before;
  const seeds = seedsOfSources(manifest);
  const kept = async (id: string): Promise<readonly TypedColumn[] | null> => {
    const relation = carry.get(id)?.relation ?? null;
    return relation === null ? null : described(relation);
  };
  const described = async (relation: RelationPlace): Promise<readonly TypedColumn[] | null> => {
    try {
      return await before.describe(relation);
    } catch (error) {
      // A table that is not there any more is one that nobody knows.
      if (error instanceof DatabaseError) return null;
      throw error;
    }
  };
  const columnsOf = async (id: string): Promise<readonly TypedColumn[] | null> => {
    const node = manifest.nodes.get(id);
    if (node?.resourceType === 'seed' && runs.has(id)) {
      const source = [...seeds].find(([, seed]) => seed === id)?.[0];
      const stood = source === undefined ? undefined : manifest.nodes.get(source);
      const typed = stood?.resourceType === 'source' ? sourceColumns(stood) : null;
      return typed ?? seedColumns(node);
    }
    if (node?.resourceType === 'source') {
      if (loads.has(id)) return sourceColumns(node);
      const seed = seeds.get(id);
      if (seed !== undefined && !carry.has(id)) return columnsOf(seed);
      // A table of another program, where the build has it already.
      if (!carry.has(id))
        return node.externalLocation === undefined ? described(relationOf(node)) : null;
    }
    return kept(id);
  };
  return columnsOf;
}

export interface TablesOfWarehouse {
  /** With the nodes that do not run where they are. */
  readonly manifest: Manifest;
  readonly runs: ReadonlySet<string>;
  readonly engine: Pick<Engine, 'connect' | 'dialect'>;
}

/** The same on a warehouse: sources are tables of it, and what does not run is asked for where it is. */
export function tablesOfWarehouse({
  manifest,
  runs,
  engine,
}: TablesOfWarehouse): (id: string) => Promise<TableBefore> {
  return async (id) => {
    const node = manifest.nodes.get(id);
    if (node?.resourceType === 'source') return 'in place';
    if (node?.resourceType === 'seed' && runs.has(id))
      return seedColumns(node, { ofWarehouse: true });
    if (node?.resourceType !== 'model' && node?.resourceType !== 'seed') return null;
    const connection = await engine.connect();
    try {
      return await columnsOfTable(connection, engine.dialect, relationOf(node));
    } catch (error) {
      if (error instanceof DatabaseError) return null;
      throw error;
    } finally {
      await connection.release();
    }
  };
}

/** Null unless YAML gives every column of the source its type: then its files are read by these. */
export function sourceColumns({ columns }: SourceNode): readonly TypedColumn[] | null {
  const found = Object.values(columns);
  const typed = found.flatMap(({ name, dataType }) =>
    dataType === null ? [] : [{ name, type: dataType }],
  );
  return found.length > 0 && typed.length === found.length ? typed : null;
}

/** The columns of a seed as it would be loaded; null for a large file, and for one with faults. */
export async function seedColumns(
  node: SeedNode,
  { ofWarehouse = false }: { readonly ofWarehouse?: boolean } = {},
): Promise<readonly TypedColumn[] | null> {
  const path = join(node.rootPath, node.originalFilePath);
  try {
    if ((await stat(path)).size > largestSeed) return null;
    const { columns } = await readSeed({
      path,
      file: node.originalFilePath,
      delimiter: node.config.delimiter,
      columnTypes: new Map(Object.entries(node.config.columnTypes)),
    });
    const typed = columns.map(({ name, declared, guessed }) => ({
      name,
      type: declared ?? guessed ?? 'text',
    }));
    if (!ofWarehouse) return typed;
    const types = seedTypesOfWarehouse(columns, node.config.columnTypes);
    return typed.map(({ name, type }) => ({ name, type: types.get(name) ?? warehouseType(type) }));
  } catch (error) {
    // What is wrong with the file is told when it is loaded.
    if (error instanceof TechstoreError || (error instanceof Error && 'code' in error)) return null;
    throw error;
  }
}
