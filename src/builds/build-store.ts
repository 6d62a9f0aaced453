/**
 * Where the builds of a target live. This contract is all that the rest of the program knows of
 * it; `open-store.ts` chooses what is behind it: a file for each build (`file/`), or a schema for
 * each on a SQL warehouse (`schema/`).
 */
import type { Connection } from '../engine/engine.js';
import type { Attempt } from './attempt.js';
import type { Build, DamagedBuild } from './build.js';
import type { CatalogObject } from './catalog-object.js';
import type { OpenBuild, OpenPair, ReadableBuild } from './open-build.js';
import type { BuildKind, Limited } from './record.js';
import type { VerifiedFile } from './verified-file.js';

/** One build, rollback or clean-up at a time. */
export interface LockOptions {
  /** What is being done, for the message of who comes second: `techstore build`. */
  readonly command: string;
  /** Wait for the other build to end? Default false: stop with code `lock`. */
  readonly wait?: boolean;
  /** How long to wait, in milliseconds. Default: without end. */
  readonly timeoutMs?: number;
  /** Told once, when waiting begins. */
  readonly onWait?: (message: string) => void;
  /** Ends the waiting with code `interrupted`. */
  readonly signal?: AbortSignal;
}

export interface AttemptOptions extends LockOptions {
  readonly kind: BuildKind;
  /** Goes on in the build that failed last. Default false. */
  readonly resume?: boolean;
  /** What of their rows its tables will lack. Default nothing. */
  readonly limited?: Limited | undefined;
}

export interface RollbackOptions extends LockOptions {
  /** A build's name as `find` takes it. Default `previous`. */
  readonly to?: string;
  readonly onWarning?: (message: string) => void;
}

export interface PruneOptions extends LockOptions {
  /** How many builds to keep, the published one among them. */
  readonly keep: number;
}

/** What others made in what is published. */
export interface PublishedContents {
  /** Null where it could not be told apart; `message` says why. */
  readonly foreign: readonly CatalogObject[] | null;
  /** True when another program changed what the project made. */
  readonly changed: boolean;
  readonly message: string | null;
}

/** Builds to read while new ones are published, for a server. */
export interface Followed {
  /** Milliseconds between two looks at what is published, unless somebody wants others. */
  readonly pollEvery: number;
  /** Tells what is published now from what was before; null when nothing is. */
  mark(): Promise<string | null>;
  /** The build of a mark that was just given. */
  published(mark: string): Promise<ReadableBuild>;
  /** A build that was published before and can be read still; null where it can't. */
  earlier(id: string): Promise<ReadableBuild | null>;
  /** All kept builds, newest first. */
  list(): Promise<readonly Build[]>;
  /** What a kept build has recorded of its lineage; null where that is nothing. */
  lineage(id: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface FollowOptions {
  /** Threads of a database on this machine. Default: its cores. */
  readonly threads?: number;
}

/** Work on what is published that belongs to no build. */
export interface Operation {
  /** The one connection of it, made when it is asked for. Where others' tables lie beside the builds', it can change them. */
  connect(): Promise<Connection>;
}

export interface BuildStore {
  /** What readers know the published build by: the file as the profile writes it, or the target's name. */
  readonly publishedName: string;
  /** False where sources are tables of the catalog, and files can't be loaded into a build. */
  readonly loadsFiles: boolean;
  /** Files that change whenever something else is published; null where no file tells it. */
  readonly marks: { readonly published: string; readonly logs: readonly string[] } | null;
  /** All kept builds, newest first. Takes no lock. */
  list(): Promise<readonly Build[]>;
  /** The published build; null where nothing is, or what no build made. */
  published(): Promise<Build | null>;
  /** See `findBuild`. @throws TechstoreError `publish` when there is none */
  find(name: string): Promise<Build>;
  /** What lies there of builds that nothing can be done with, newest first. */
  damaged(): Promise<readonly DamagedBuild[]>;
  /** Null where nothing is published, or where builds share no place with others' tables. */
  publishedContents(): Promise<PublishedContents | null>;
  /** What was recorded of the lineage of a build; null where that is nothing. */
  lineage(id: string): Promise<unknown>;
  /**
   * Opens a build for reading; closing it leaves the store open.
   *
   * @param name as `find` takes it. Default `published`, be it a build or what no build made
   * @throws TechstoreError `publish` when there is no such build
   */
  open(name?: string): Promise<OpenBuild>;
  /** Opens two builds beside each other. */
  openTwo(from: Build, to: Build): Promise<OpenPair>;
  /** Follows what is published; closing it leaves the store open. */
  follow(options: FollowOptions): Promise<Followed>;
  /** Begins a build. @throws TechstoreError `publish`, `lock`, `database`, `interrupted`, `unsupported` */
  attempt(options: AttemptOptions): Promise<Attempt>;
  /**
   * Publishes a kept build at once; by default the one before the published one. Nothing is built
   * or tested. @throws TechstoreError `publish` for a failed build, `lock`
   */
  rollback(options: RollbackOptions): Promise<Build>;
  /**
   * Does work on what is published while no build runs, as a loader would. What it makes is no build's.
   * Where the database can, all of it is one transaction: when it throws, nothing stays.
   *
   * @throws TechstoreError `lock`, and what the work throws
   */
  operate<T>(options: LockOptions, work: (operation: Operation) => Promise<T>): Promise<T>;
  /** Removes old builds, and says which. */
  prune(options: PruneOptions): Promise<readonly Build[]>;
  /** Reads the files of builds from end to end. @throws TechstoreError `unsupported` where builds are no files */
  verify(name?: string, onFile?: (path: string) => void): Promise<readonly VerifiedFile[]>;
  close(): Promise<void>;
}
