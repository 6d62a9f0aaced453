/** What a kind of store is to the switch that chooses one. */
import type { Profile } from '../project/index.js';
import type { BuildStore } from './build-store.js';
import type { OpenPublished } from './open-build.js';

export interface StoreOptions {
  /** Told while a warehouse is waited for, and what readers of a build should know of it. */
  readonly onNotice: (message: string) => void;
  /** Of every statement that goes to a warehouse: the run's id. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A line of `debug`: what was found, or the error that says what is wrong. @returns whether it was right */
export type Check = (name: string, work: () => string | Promise<string>) => Promise<boolean>;

/** What a folder with a kind of store offers. Each function loads what it needs when it is called. */
export interface StoreKind {
  openStore(profile: Profile, options: StoreOptions): Promise<BuildStore>;
  /** Opens what is published, loading as little as an answer needs. */
  openPublished(profile: Profile, options: StoreOptions): Promise<OpenPublished>;
  /** The checks of `debug`, from the connection to the rights. */
  check(profile: Profile, check: Check, options: StoreOptions): Promise<void>;
}
