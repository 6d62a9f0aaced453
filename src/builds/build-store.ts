/**
 * The store that keeps the builds of a target. Other folders use only this interface.
 * `open-store.ts` chooses the implementation: a file for each build (`file/`), or a schema for
 * each build on a SQL warehouse (`schema/`).
 */
import type { Connection } from '../engine/engine.js';
import type { Attempt } from './attempt.js';
import type { Build, DamagedBuild } from './build.js';
import type { CatalogObject } from './catalog-object.js';
import type { ExistingTables } from './existing-tables.js';
import type { OpenBuild, OpenPair, OpenSources, ReadableBuild } from './open-build.js';
import type { BuildKind, Limited } from './record.js';
import type { VerifiedFile } from './verified-file.js';

/** Only one build, rollback or prune runs at a time. */
export interface LockOptions {
  /** The command that takes the lock, for messages of other commands: `techstore build`. */
  readonly command: string;
  /** Wait for the other build to end? Default false: stop with code `lock`. */
  readonly wait?: boolean;
  /** The longest wait, in milliseconds. Default: no limit. */
  readonly timeoutMs?: number;
  /** Called once, when the wait begins. */
  readonly onWait?: (message: string) => void;
  /** Aborting it ends the wait with code `interrupted`. */
  readonly signal?: AbortSignal;
}

export interface AttemptOptions extends LockOptions {
  readonly kind: BuildKind;
  /** Resume the last failed build? Default false. */
  readonly resume?: boolean;
  /** What of their rows its tables will lack. Default nothing. */
  readonly limited?: Limited | undefined;
  /** Will it be published if no node fails? Default false. */
  readonly publishes?: boolean;
}

export interface RollbackOptions extends LockOptions {
  /** The build to publish, named as in `find`. Default `previous`. */
  readonly to?: string;
  readonly onWarning?: (message: string) => void;
}

export interface PruneOptions extends LockOptions {
  /** Number of builds to keep, including the published one. */
  readonly keep: number;
}

/** Objects of other programs in the published file. */
export interface PublishedContents {
  /** Null if they are unknown; `message` says why. */
  readonly foreign: readonly CatalogObject[] | null;
  /** True if another program changed objects of the project. */
  readonly changed: boolean;
  readonly message: string | null;
}

/** The published build over time, for a server. */
export interface Followed {
  /** Default interval between two calls of `mark`, in milliseconds. */
  readonly pollEvery: number;
  /** Changes whenever another build is published; null if no build is published. */
  mark(): Promise<string | null>;
  /** The build of a mark that `mark` just returned. */
  published(mark: string): Promise<ReadableBuild>;
  /** A build that was published earlier; null if it can no longer be read. */
  earlier(id: string): Promise<ReadableBuild | null>;
  /** All kept builds, newest first. */
  list(): Promise<readonly Build[]>;
  /** The recorded lineage of a kept build; null if it has none. */
  lineage(id: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface FollowOptions {
  /** Threads of a database on this machine. Default: the number of its cores. */
  readonly threads?: number;
}

/** Work on what is published that belongs to no build. */
export interface Operation {
  /** The one connection of it, made when it is asked for. Where others' tables lie beside the builds', it can change them. */
  connect(): Promise<Connection>;
}

export interface BuildStore {
  /** Name of the published build for users: the file's path as in the profile, or the target's name. */
  readonly publishedName: string;
  /** False if sources are tables of the catalog, so that files cannot be loaded into a build. */
  readonly loadsFiles: boolean;
  /** Files that change whenever another build is published; null if there are no such files. */
  readonly marks: { readonly published: string; readonly logs: readonly string[] } | null;
  /** All kept builds, newest first. Takes no lock. */
  list(): Promise<readonly Build[]>;
  /** The published build; null if nothing is published, or the published file is not a build. */
  published(): Promise<Build | null>;
  /** See `findBuild`. @throws TechstoreError `publish` if there is no such build */
  find(name: string): Promise<Build>;
  /** Damaged builds, newest first. */
  damaged(): Promise<readonly DamagedBuild[]>;
  /** Looks at tables of other programs that a build may read. Close it. */
  existing(): Promise<ExistingTables>;
  /** Null if nothing is published, or if the store shares no file with other programs. */
  publishedContents(): Promise<PublishedContents | null>;
  /** The recorded lineage of a build; null if it has none. */
  lineage(id: string): Promise<unknown>;
  /** What was recorded of the code that a published build was made by; null where that is nothing. */
  code(id: string): Promise<unknown>;
  /**
   * Opens a build for reading; closing it leaves the store open.
   *
   * @param name as in `find`. Default `published`, even if the published file is not a build
   * @throws TechstoreError `publish` if there is no such build
   */
  open(name?: string): Promise<OpenBuild>;
  /**
   * Opens the database in which the sources of the published build are; close it. Null where that
   * is a build, and none is published.
   */
  openSources(): Promise<OpenSources | null>;
  /** Opens two builds in one engine. */
  openTwo(from: Build, to: Build): Promise<OpenPair>;
  /** Follows the published build; closing it leaves the store open. */
  follow(options: FollowOptions): Promise<Followed>;
  /** Begins a build. @throws TechstoreError `publish`, `lock`, `database`, `interrupted`, `unsupported` */
  attempt(options: AttemptOptions): Promise<Attempt>;
  /**
   * Publishes a kept build again, by default the previous one. Nothing is built or tested.
   * @throws TechstoreError `publish` for a failed build, `lock`
   */
  rollback(options: RollbackOptions): Promise<Build>;
  /**
   * Does work on what is published while no build runs, as a loader would. What it makes is no build's.
   * Where the database can, all of it is one transaction: when it throws, nothing stays.
   *
   * @throws TechstoreError `lock`, and what the work throws
   */
  operate<T>(options: LockOptions, work: (operation: Operation) => Promise<T>): Promise<T>;
  /** Removes old builds and returns them. */
  prune(options: PruneOptions): Promise<readonly Build[]>;
  /** Reads the files of builds from end to end. @throws TechstoreError `unsupported` if builds are not files */
  verify(name?: string, onFile?: (path: string) => void): Promise<readonly VerifiedFile[]>;
  close(): Promise<void>;
}
