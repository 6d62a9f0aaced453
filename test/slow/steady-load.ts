/** So many requests a second to a server on this machine, however long each takes, and what came of them. */
import { Agent, get } from 'node:http';

export interface Load {
  readonly answered: number;
  /** What went wrong, the first ten. */
  readonly failed: readonly string[];
  /** Answers whose figures are not of the build that they name, the first ten. */
  readonly mixed: readonly string[];
  /** Ids of the builds that answered. */
  readonly builds: ReadonlySet<string>;
  readonly asOfs: ReadonlySet<string>;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

interface Enveloped {
  readonly data: unknown;
  readonly meta: { readonly build: string; readonly as_of: string };
}

/**
 * Half of them pages of lists, four in ten the one that everybody asks; one in ten is a product in
 * full, another each time, which is asked of the database in four queries.
 */
function questionOf(n: number): string {
  if (n % 10 === 9) return `/api/products/${1 + (n % 77)}?limit=${1 + (n % 199)}`;
  return n % 2 === 0 ? `/api/sales/daily?days=${1 + ((n * 7) % 365)}` : `/api/operations?_=${n}`;
}

/** The date that the figures themselves say they are of; that of the answer where they say none. */
function dateOf({ data, meta }: Enveloped): unknown {
  if (!Array.isArray(data)) return meta.as_of;
  const last = (data as readonly Readonly<Record<string, unknown>>[]).at(-1);
  return last?.['sale_date'] ?? last?.['report_date'];
}

export function startLoad(port: number, rate: number): { end(): Promise<Load> } {
  const agent = new Agent({ keepAlive: true, maxSockets: 100 });
  const failed: string[] = [];
  const mixed: string[] = [];
  const builds = new Map<string, string>();
  const times: number[] = [];
  const underway = new Set<Promise<void>>();
  const ask = (path: string): Promise<void> =>
    new Promise((resolve) => {
      const started = performance.now();
      const fail = (what: string): void => {
        if (failed.length < 10) failed.push(`${path}: ${what}`);
        resolve();
      };
      get({ host: '127.0.0.1', port, path, agent }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('error', (error) => fail(error.message));
        response.on('end', () => {
          times.push(performance.now() - started);
          if (response.statusCode !== 200) return fail(`${response.statusCode} ${text}`);
          const answer = JSON.parse(text) as Enveloped;
          const { build, as_of: asOf } = answer.meta;
          const isWhole =
            dateOf(answer) === asOf &&
            response.headers['x-build'] === build &&
            (builds.get(build) ?? asOf) === asOf;
          if (!isWhole && mixed.length < 10) mixed.push(`${path}: ${build}, ${asOf}`);
          builds.set(build, asOf);
          resolve();
        });
      }).on('error', (error) => fail(error.message));
    });
  let asked = 0;
  const started = performance.now();
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - started) * rate) / 1000);
    for (; asked < due; asked++) {
      const one: Promise<void> = ask(questionOf(asked)).finally(() => underway.delete(one));
      underway.add(one);
    }
  }, 5);
  return {
    async end() {
      clearInterval(timer);
      await Promise.all(underway);
      agent.destroy();
      times.sort((a, b) => a - b);
      const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
      return {
        answered: times.length,
        failed,
        mixed,
        builds: new Set(builds.keys()),
        asOfs: new Set(builds.values()),
        p50: at(0.5),
        p99: at(0.99),
      };
    },
  };
}
