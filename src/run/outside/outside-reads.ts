/**
 * What a project on a database of its own reads that no node of it makes: tables of other programs,
 * files, and attached databases. A table made of them is up to date as long as they are the same.
 */
import type { ExistingTables, UsedTables } from '../../builds/index.js';
import type { GraphNode, Manifest, SourceNode } from '../../manifest/nodes.js';
import { placeKey } from '../../manifest/relation-place.js';
import { hash, type Fingerprint } from '../fingerprint.js';
import { FilesInSql } from './files-in-sql.js';
import { namedTables, type NamedTables } from './named-tables.js';

export class OutsideReads {
  readonly #tables: ExistingTables;
  readonly #manifest: Manifest;
  readonly #files: FilesInSql;
  readonly #named: NamedTables;
  /** Stamps of before, where the tables are read again under the build lock. */
  readonly #stamps: Map<string, string | null>;
  readonly #attached: ReadonlyMap<string, string>;
  readonly #keys: ReadonlySet<string>;
  #needsAll = false;

  /**
   * @param attached marks of attached databases, by name
   * @param known what the tables hold, if that is known already
   */
  constructor(
    manifest: Manifest,
    tables: ExistingTables,
    attached: ReadonlyMap<string, string>,
    known: UsedTables | null = null,
  ) {
    this.#manifest = manifest;
    this.#tables = tables;
    this.#attached = attached;
    const own = new Set<string>();
    for (const node of manifest.nodes.values()) {
      if (node.resourceType === 'model' || node.resourceType === 'seed')
        own.add(placeKey({ schema: node.schema, identifier: node.alias }));
    }
    const others = tables.tables.filter((table) => !own.has(placeKey(table)));
    this.#keys = new Set(others.map(placeKey));
    this.#named = namedTables(others);
    this.#files = new FilesInSql(manifest.projectRoot);
    this.#stamps = new Map(known?.stamps);
  }

  /** Names of the tables of other programs, without their schemas, and of attached databases. */
  get names(): readonly string[] {
    const tables = this.#tables.tables.map(({ identifier }) => identifier.toLowerCase());
    return [...tables, ...this.#attached.keys()];
  }

  /** True if the source is there without a file or a seed of this project. */
  has(source: SourceNode): boolean {
    if (source.externalLocation !== undefined) return true;
    if (this.#isElsewhere(source)) return this.#attached.has(source.database.toLowerCase());
    return this.#keys.has(placeKey(source));
  }

  async ofSource(source: SourceNode): Promise<Fingerprint> {
    const { externalLocation } = source;
    if (externalLocation !== undefined) {
      const marks = await this.#files.marksOf(`from ${externalLocation}`);
      return marks === null ? null : hash('files', externalLocation, ...marks);
    }
    if (this.#isElsewhere(source)) {
      const mark = this.#attached.get(source.database.toLowerCase());
      return mark === undefined ? null : hash('attached', mark);
    }
    const stamp = await this.#stampOf(placeKey(source));
    return stamp === null ? null : hash('existing', stamp);
  }

  /** What SQL reads by itself; null where nobody knows what that holds. */
  async ofSql(sql: string): Promise<readonly string[] | null> {
    const marks = [...((await this.#files.marksOf(sql)) ?? [null])];
    for (const [database, mark] of this.#attached) {
      if (sql.toLowerCase().includes(database)) marks.push(`${database} ${mark}`);
    }
    for (const key of this.#named.in(sql)) marks.push(await this.#stampOf(key));
    return marks.includes(null) ? null : (marks as string[]);
  }

  /** A node whose SQL depends on what the database answers may read any of them. */
  asks(): void {
    this.#needsAll = true;
  }

  /** What a build needs of the tables of other programs; null where that is nothing. */
  used(nodes: readonly GraphNode[]): UsedTables | null {
    if (this.#keys.size === 0) return null;
    const isUsed =
      this.#needsAll ||
      this.#stamps.size > 0 ||
      nodes.some((node) => 'rawCode' in node && this.#named.in(node.rawCode).length > 0) ||
      [...this.#manifest.macros.values()].some((m) => this.#named.in(m.macroSql).length > 0);
    return isUsed ? { stamps: this.#stamps, mark: this.#tables.mark } : null;
  }

  async close(): Promise<void> {
    await this.#files.close();
    await this.#tables.close();
  }

  #isElsewhere({ database }: SourceNode): boolean {
    return this.#attached.has(database.toLowerCase());
  }

  async #stampOf(key: string): Promise<string | null> {
    const known = this.#stamps.get(key);
    if (known !== undefined) return known;
    const table = this.#tables.tables.find((each) => placeKey(each) === key);
    const stamp = table === undefined ? null : await this.#tables.stampOf(table);
    this.#stamps.set(key, stamp);
    return stamp;
  }
}
