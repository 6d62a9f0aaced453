/** One DuckDB instance of this process and the files attached to it. */
import type { DuckDBConnection, DuckDBInstance as Instance } from '@duckdb/node-api';
import { statSync } from 'node:fs';
import { catalogOfFile } from '../../catalog-of-file.js';
import { kindOtherThanFile } from '../../regular-file.js';
import { TechstoreError } from '../../errors.js';
import { DatabaseError, DatabaseLockedError } from '../database-error.js';
import { applySettings, loadExtension, makeSecret } from './settings.js';
import { dialect } from './dialect.js';
import { DuckDBInstance } from './driver.js';
import { toDatabaseError } from './errors.js';
import { logsOf } from './logs.js';
import {
  canonicalPath,
  fileKey,
  forget,
  oneAtATime,
  ownerOf,
  refuseOpenFile,
  remember,
} from './registry.js';

export interface DuckDBOptions {
  /** The database file, or null for one in memory that ends with the engine. */
  readonly path: string | null;
  /**
   * Name of its catalog. Default: the one that DuckDB and dbt give it (`catalogOfFile`);
   * `memory` for one in memory.
   */
  readonly catalog?: string;
  /** Default false. A file that does not exist is an error then; otherwise it is made. */
  readonly readOnly?: boolean;
  /**
   * False where the file is worth nothing before its last checkpoint: then no log is written,
   * and no statement waits for the disk. Default true.
   */
  readonly logged?: boolean;
  /** Threads that DuckDB uses for one statement or several. Default: the cores of the machine. */
  readonly threads?: number;
  /** `4GB`; default: 80 % of the machine's memory. */
  readonly memoryLimit?: string;
  /** Where statements that need more memory spill to. Default: `<path>.tmp`. */
  readonly tempDirectory?: string;
  /** Further settings of DuckDB by their names, for every connection. */
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
  /** Folder in which SQL finds files by relative paths. Default: the process's own. */
  readonly searchPath?: string;
  /** Further databases, attached in this order. */
  readonly attachments?: readonly DatabaseFile[];
  /** Statements that make secrets, for files and databases of others. */
  readonly secrets?: readonly string[];
  /** Extensions to load, built in or installed on this machine: nothing is fetched. */
  readonly extensions?: readonly string[];
}

/** A database beside the engine's own, as a profile attaches it. */
export interface DatabaseFile {
  /** Absolute, or `:memory:`. */
  readonly path: string;
  readonly alias: string;
  readonly type: 'duckdb' | 'sqlite';
  readonly readOnly: boolean;
}

export interface Attachment {
  readonly path: string;
  readonly catalog: string;
  readonly readOnly: boolean;
  readonly logged?: boolean;
}

export class Host {
  users = 1;
  private readonly instance: Instance;
  private readonly admin: DuckDBConnection;
  /** By catalog; the key of the registry. */
  private readonly files = new Map<string, string>();
  readonly signature: string;
  readonly catalog: string;
  /** Where relative paths in SQL start. */
  readonly searchPath: string;
  private readonly settings: NonNullable<DuckDBOptions['settings']>;

  constructor(
    instance: Instance,
    admin: DuckDBConnection,
    options: DuckDBOptions,
    signature: string,
  ) {
    this.instance = instance;
    this.admin = admin;
    this.catalog = catalogOf(options);
    this.searchPath = options.searchPath ?? process.cwd();
    this.settings = options.settings ?? {};
    this.signature = signature;
  }

  async connect(): Promise<DuckDBConnection> {
    const connection = await this.instance.connect();
    await connection.run(`USE ${dialect.quoteIdentifier(this.catalog)}`);
    // Some settings are those of the instance, others of each connection: DuckDB knows which.
    await applySettings(connection, this.settings);
    return connection;
  }

  async attach(file: Attachment): Promise<void> {
    const path = canonicalPath(file.path);
    refuseOpenFile(path);
    refuseOtherThanFile(path);
    const mode = file.readOnly
      ? ' (READ_ONLY)'
      : file.logged === false
        ? ' (RECOVERY_MODE no_wal_writes)'
        : '';
    const sql = `ATTACH ${dialect.quoteLiteral(path)} AS ${dialect.quoteIdentifier(file.catalog)}${mode}`;
    // A publish may swap the file between the look and the attach: what is noted must be what is open.
    for (let attempt = 1; ; attempt++) {
      const before = fileKey(path);
      if (before !== null) remember(before, path, this);
      try {
        await run(this.admin, sql, path);
      } catch (error) {
        if (before !== null) forget(before);
        throw error;
      }
      const key = fileKey(path);
      if (key !== null && (before === null || before === key)) {
        remember(key, path, this);
        this.files.set(file.catalog, key);
        return;
      }
      await run(this.admin, `DETACH ${dialect.quoteIdentifier(file.catalog)}`, path);
      if (before !== null) forget(before);
      if (attempt === 5)
        throw toDatabaseError(new Error('IO Error: The file is replaced again and again.'), {
          path,
        });
    }
  }

  async detach(catalog: string): Promise<void> {
    await run(this.admin, `DETACH ${dialect.quoteIdentifier(catalog)}`);
    const key = this.files.get(catalog);
    if (key !== undefined) forget(key);
    this.files.delete(catalog);
  }

  /** Writes what is still in the log into the file and empties the log. */
  async checkpoint(): Promise<void> {
    await run(this.admin, `CHECKPOINT ${dialect.quoteIdentifier(this.catalog)}`);
  }

  async close(): Promise<void> {
    this.users -= 1;
    if (this.users > 0) return;
    let fault: unknown;
    // Closing the instance alone would leave a file locked while anything still refers to it.
    for (const [catalog, key] of this.files) {
      await this.detach(catalog).catch((error: unknown) => (fault ??= error));
      forget(key);
    }
    this.files.clear();
    this.admin.closeSync();
    this.instance.closeSync();
    if (fault !== undefined) throw fault as Error;
  }
}

/** DuckDB would wait for a pipe in the place of the file, or of the log beside it, until somebody writes to it. */
function refuseOtherThanFile(path: string): void {
  for (const name of [path, ...logsOf(path)]) {
    let kind: string | null = null;
    try {
      kind = kindOtherThanFile(statSync(name));
    } catch {
      // Not there, or not to be looked at: DuckDB says what is the matter.
    }
    if (kind === null) continue;
    throw new DatabaseError(`${name} is ${kind}, not a file.`, {
      kind: 'not-a-database',
      hint:
        name === path
          ? "Set the profile's `path` to another file, or move this one away."
          : 'Move it away.',
    });
  }
}

async function run(connection: DuckDBConnection, sql: string, path?: string): Promise<void> {
  try {
    await connection.run(sql);
  } catch (error) {
    throw toDatabaseError(error, path === undefined ? { sql } : { path });
  }
}

export function catalogOf(options: DuckDBOptions): string {
  if (options.catalog !== undefined) return options.catalog;
  if (options.path === null) return 'memory';
  return catalogOfFile(options.path);
}

/**
 * The instance for these options: the one that has this file open with the same
 * options, or a new one. Throws `DatabaseLockedError` when the file is open
 * otherwise, in this process or another, and `DatabaseError` when it cannot be opened.
 */
export function openHost(options: DuckDBOptions): Promise<Host> {
  return oneAtATime(async () => {
    const path = options.path === null ? null : canonicalPath(options.path);
    const signature = JSON.stringify({ ...options, path, catalog: catalogOf(options) });
    const owner = path === null ? null : ownerOf(fileKey(path));
    if (owner instanceof Host && owner.signature === signature) {
      owner.users += 1;
      return owner;
    }
    if (path !== null) refuseOpenFile(path);
    return create(options, path, signature);
  });
}

async function create(
  options: DuckDBOptions,
  path: string | null,
  signature: string,
): Promise<Host> {
  const tempDirectory = options.tempDirectory ?? (path === null ? undefined : `${path}.tmp`);
  const settings: Record<string, string> = {
    // A build must not depend on what can be fetched, nor on a home directory.
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    custom_user_agent: 'techstore',
    ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
    ...(options.memoryLimit === undefined ? {} : { memory_limit: options.memoryLimit }),
    ...(tempDirectory === undefined ? {} : { temp_directory: tempDirectory }),
  };
  const catalog = catalogOf(options);
  let instance: Instance;
  try {
    instance = await DuckDBInstance.create(':memory:', settings);
  } catch (error) {
    throw toDatabaseError(error);
  }
  const admin = await instance.connect();
  const host = new Host(instance, admin, options, signature);
  try {
    // Belongs to an extension, which is there only once the instance is.
    await run(admin, `SET GLOBAL TimeZone = 'UTC'`);
    for (const name of options.extensions ?? []) await loadExtension(admin, name);
    for (const sql of options.secrets ?? []) await makeSecret(admin, sql);
    if (options.searchPath !== undefined && options.searchPath !== process.cwd())
      await run(admin, `SET GLOBAL file_search_path = ${dialect.quoteLiteral(options.searchPath)}`);
    await applySettings(admin, options.settings ?? {});
    if (path !== null) {
      if (catalog.toLowerCase() === 'memory') await freeTheName(admin);
      await host.attach({
        path,
        catalog,
        readOnly: options.readOnly ?? false,
        logged: options.logged ?? true,
      });
    } else if (catalog !== 'memory') {
      await run(admin, `ATTACH ':memory:' AS ${dialect.quoteIdentifier(catalog)}`);
    }
    for (const file of options.attachments ?? []) await attachFile(host, admin, file);
  } catch (error) {
    await host.close();
    throw error;
  }
  return host;
}

/** @throws TechstoreError `profile` that names it, where it cannot be opened */
async function attachFile(
  host: Host,
  admin: DuckDBConnection,
  { path, alias, type, readOnly }: DatabaseFile,
): Promise<void> {
  if (type === 'sqlite') await loadExtension(admin, 'sqlite_scanner', 'attach');
  try {
    if (type === 'duckdb' && path !== ':memory:')
      return await host.attach({ path, catalog: alias, readOnly });
    const options = [
      ...(type === 'sqlite' ? ['TYPE sqlite'] : []),
      ...(readOnly ? ['READ_ONLY'] : []),
    ];
    const clause = options.length === 0 ? '' : ` (${options.join(', ')})`;
    await run(
      admin,
      `ATTACH ${dialect.quoteLiteral(path)} AS ${dialect.quoteIdentifier(alias)}${clause}`,
      path,
    );
  } catch (error) {
    if (error instanceof DatabaseLockedError) throw error;
    throw new TechstoreError(
      'profile',
      `The database '${alias}' cannot be attached: ${error instanceof Error ? error.message : String(error)}`,
      {
        hint: "Correct it under 'attach' of the target in profiles.yml, or remove it.",
        cause: error,
      },
    );
  }
}

/** An instance without a file calls its own catalog `memory`; a file of that name takes its place. */
async function freeTheName(admin: DuckDBConnection): Promise<void> {
  await run(admin, "ATTACH ':memory:' AS techstore_host; USE techstore_host; DETACH memory");
}
