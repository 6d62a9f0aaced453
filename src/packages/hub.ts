/** The index of dbt's package hub: which versions of a package there are, and what each needs. */
import { z } from 'zod';
import { TechstoreError, type Place } from '../errors.js';
import { didYouMean } from '../ground/did-you-mean.js';
import { getJson } from './download.js';
import { shownUrl } from './shown-url.js';
import { parseVersion, type Version } from './version.js';

const defaultUrl = 'https://hub.getdbt.com/';

const answer = z.object({
  name: z.string(),
  namespace: z.string().nullish(),
  redirectname: z.string().nullish(),
  redirectnamespace: z.string().nullish(),
  versions: z.record(
    z.string(),
    z.object({
      name: z.string(),
      require_dbt_version: z.union([z.string(), z.array(z.string())]).nullish(),
      packages: z.array(z.record(z.string(), z.unknown())).nullish(),
      downloads: z.object({ tarball: z.string() }),
    }),
  ),
});

export interface HubVersion {
  readonly version: Version;
  /** Name of the project, and of its folder. */
  readonly project: string;
  readonly requires: readonly string[];
  /** Entries as packages.yml would have them. */
  readonly packages: readonly Readonly<Record<string, unknown>>[];
  readonly tarball: string;
}

export interface HubPackage {
  readonly versions: readonly HubVersion[];
  /** Its name of now, where it has another one. */
  readonly movedTo: string | null;
}

export class Hub {
  readonly #url: string;
  readonly #signal: AbortSignal;
  readonly #known = new Map<string, Promise<HubPackage>>();

  /** @param env its `DBT_PACKAGE_HUB_URL` names another hub */
  constructor(env: Readonly<Record<string, string | undefined>>, signal: AbortSignal) {
    const url = env['DBT_PACKAGE_HUB_URL'] || defaultUrl;
    this.#url = url.endsWith('/') ? url : `${url}/`;
    this.#signal = signal;
  }

  /**
   * @param name `owner/name`
   * @throws TechstoreError `project` where the hub cannot be asked, or has no such package
   */
  package(name: string, place: Place): Promise<HubPackage> {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const asked = this.#ask(name, place);
    this.#known.set(name, asked);
    return asked;
  }

  async #ask(name: string, place: Place): Promise<HubPackage> {
    const what = `The package ${name}`;
    const json = await getJson(`${this.#url}api/v1/${name}.json`, what, this.#signal);
    const hub = shownUrl(this.#url);
    if (json === undefined) {
      const names = await this.#names();
      throw new TechstoreError('project', `The package hub ${hub} has no package ${name}`, {
        place,
        hint: didYouMean(name, names) ?? 'Check the owner and the name.',
      });
    }
    const checked = answer.safeParse(json);
    if (!checked.success) {
      throw new TechstoreError('project', `The package hub ${hub} answers in an unknown form`, {
        place,
        cause: checked.error,
      });
    }
    const { data } = checked;
    const owner = data.redirectnamespace ?? data.namespace ?? name.split('/')[0] ?? '';
    const moved = `${owner}/${data.redirectname ?? data.name}`;
    const hasMoved = (data.redirectname ?? data.redirectnamespace ?? null) !== null;
    return {
      movedTo: hasMoved && moved !== name ? moved : null,
      versions: Object.entries(data.versions).flatMap(([text, found]) => {
        const version = parseVersion(text);
        if (version === undefined) return [];
        const required = found.require_dbt_version ?? [];
        return {
          version,
          project: found.name,
          requires: typeof required === 'string' ? [required] : required,
          packages: found.packages ?? [],
          tarball: found.downloads.tarball,
        };
      }),
    };
  }

  /** For a suggestion alone: a hub without a list has none. */
  async #names(): Promise<string[]> {
    try {
      const list = await getJson(`${this.#url}api/v1/index.json`, 'The index', this.#signal);
      return Array.isArray(list) ? list.filter((name) => typeof name === 'string') : [];
    } catch {
      return [];
    }
  }
}
