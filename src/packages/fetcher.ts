/** Gets packages into a folder of this run, each once. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from '../errors.js';
import type { ProjectWarning, Render } from '../project/index.js';
import { download } from './download.js';
import { checkout, type Checkout } from './git.js';
import { Hub } from './hub.js';
import { unpack } from './unpack.js';
import type { GitWanted } from './wanted.js';

export interface Fetched {
  /** Absolute. */
  readonly folder: string;
  /** True where the package stays there, and the install path gets a link to it. */
  readonly isLink: boolean;
}

export interface FetcherOptions {
  /** Of the root project; absolute. */
  readonly root: string;
  /** A folder that is there, and may be filled; absolute. */
  readonly temp: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly render: Render;
  readonly signal: AbortSignal;
  readonly warn: (warning: ProjectWarning) => void;
}

export class Fetcher {
  readonly root: string;
  readonly render: Render;
  readonly hub: Hub;
  readonly warn: (warning: ProjectWarning) => void;
  readonly #temp: string;
  readonly #signal: AbortSignal;
  readonly #known = new Map<string, Promise<unknown>>();

  constructor({ root, temp, env, render, signal, warn }: FetcherOptions) {
    this.root = root;
    this.render = render;
    this.warn = warn;
    this.hub = new Hub(env, signal);
    this.#temp = temp;
    this.#signal = signal;
  }

  git(wanted: GitWanted): Promise<Checkout> {
    const { url, revision, subdirectory } = wanted;
    const place = { root: this.root, signal: this.#signal };
    return this.#once(JSON.stringify([url, revision, subdirectory]), (folder) =>
      checkout(wanted, folder, place),
    );
  }

  /** @returns the folder of the package */
  tarball(url: string, name: string, place: Place): Promise<string> {
    return this.#once(url, async (folder) => {
      mkdirSync(folder);
      const archive = join(folder, 'archive');
      const what = `the package ${name}`;
      await download(url, archive, `The package ${name}`, this.#signal);
      const { folder: own, links } = await unpack(archive, join(folder, 'files'), { what, place });
      if (links.length > 0) {
        this.warn({
          message: `Links in the archive of ${name} are left out: ${links.slice(0, 3).join(', ')}${links.length > 3 ? ', …' : ''}`,
          place,
        });
      }
      return own;
    });
  }

  #once<T>(key: string, work: (folder: string) => Promise<T>): Promise<T> {
    const known = this.#known.get(key) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const got = work(join(this.#temp, String(this.#known.size)));
    this.#known.set(key, got);
    return got;
  }
}
