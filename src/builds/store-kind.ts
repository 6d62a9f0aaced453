/** The interface of a kind of build store, for `open-store.ts`. */
import type { Profile } from '../project/index.js';
import type { BuildStore } from './build-store.js';
import type { OpenPublished } from './open-build.js';

export interface StoreOptions {
  /** Receives messages while a warehouse starts, and notices about the opened build. */
  readonly onNotice: (message: string) => void;
  /** Query tags of every statement on a warehouse: the id of the run. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** One line of `debug`: the text that `work` returns, or its error. @returns false after an error */
export type Check = (name: string, work: () => string | Promise<string>) => Promise<boolean>;

/** Each function loads its modules when it is called. */
export interface StoreKind {
  openStore(profile: Profile, options: StoreOptions): Promise<BuildStore>;
  /** Opens the published tables, and loads only what a query needs. */
  openPublished(profile: Profile, options: StoreOptions): Promise<OpenPublished>;
  /** The checks of `debug`, from the connection to the permissions. */
  check(profile: Profile, check: Check, options: StoreOptions): Promise<void>;
}
