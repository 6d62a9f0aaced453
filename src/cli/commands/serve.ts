/** `serve`: the REST API, until it is told to stop. */
import { openStore } from '../../builds/index.js';
import { TechstoreError } from '../../errors.js';
import { createServer } from '../../server/app.js';
import { isLoopback } from '../../server/http/hosts.js';
import { KeyRing } from '../../server/keys/key-ring.js';
import { keysInEnvironment } from '../../server/keys/keys-in-environment.js';
import { listen, socketHandedOver, type Listening } from '../../server/listen.js';
import { faultOf } from '../../server/http/error-handler.js';
import { LogOutput } from '../../server/observe/log-output.js';
import type { BuildReader } from '../../server/store/build-reader.js';
import { ServedBuilds } from '../../server/store/served-builds.js';
import { openProfile, type OpenedProfile } from '../load.js';
import type { ProjectOptions } from '../options.js';
import { untilToldToStop } from '../until-told-to-stop.js';
import { version } from '../version.js';
import { keysFileOf } from './keys.js';

export interface ServeOptions extends ProjectOptions {
  readonly port: number;
  readonly host: string;
  readonly keysFile?: string;
  readonly allowAnonymous?: boolean;
  readonly allowHost?: readonly string[];
  readonly corsOrigin?: readonly string[];
  readonly trustProxy?: readonly string[];
  readonly rateLimit: number;
  readonly connections: number;
  readonly queryThreads: number;
  readonly queue: number;
  readonly queryLimit: number;
  /** MiB. */
  readonly cache: number;
  /** Seconds. */
  readonly poll?: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

/** How long requests that are under way may take once it was told to stop, in milliseconds. */
const PATIENCE = 10_000;

export async function serve(options: ServeOptions): Promise<void> {
  const opened = openProfile(options);
  const fd = socketHandedOver(process.env, process.pid);
  const where: Listening = fd === null ? { host: options.host, port: options.port } : { fd };
  const output = new LogOutput(process.stderr.fd);
  const log = logger(options, output);
  const keys = keysOf(opened, options, (error) =>
    log('error', { reason: String(error) }, 'the keys read before remain valid'),
  );
  const isLocal = fd === null && isLoopback(options.host);
  mustNotBeOpen(isLocal, keys, options);
  for (const origin of options.corsOrigin ?? []) mustBeOrigin(origin);

  const builds = await openStore(opened.profile, {
    onNotice: (message) => log('info', {}, message),
  });
  const store = await ServedBuilds.start({
    // Many small questions at once: each on the thread of its connection is faster than each on all.
    source: await builds.follow({ threads: options.queryThreads }),
    limits: {
      connections: options.connections,
      queue: options.queue,
      timeLimit: options.queryLimit * 1000,
    },
    ...(options.poll === undefined ? {} : { pollEvery: options.poll * 1000 }),
    onServed: (build) => log('info', { build: build.facts.id }, 'serving a new build'),
    onTrouble: (error) =>
      log('error', { fault: faultOf(error, options.debug === true) }, 'a build cannot be served'),
  });
  try {
    const server = await createServer(
      serverOptions(opened, options, { store, keys, isLocal, output }),
    );
    const url = await listen(server, where);
    // Whoever reads the address may tell it to stop at once.
    const stopped = untilToldToStop(server, PATIENCE);
    tell(url, { build: store.current, keys, options, output });
    await stopped;
  } finally {
    await store.close();
    await builds.close();
    await output.end();
  }
}

/** Files, or a warehouse. */
interface Parts {
  readonly store: ServedBuilds;
  readonly keys: KeyRing | null;
  readonly isLocal: boolean;
  readonly output: LogOutput;
}

function serverOptions(
  { profile }: OpenedProfile,
  options: ServeOptions,
  { store, keys, isLocal, output }: Parts,
): Parameters<typeof createServer>[0] {
  const { targetName } = profile;
  return {
    store,
    target: targetName,
    version: version(),
    keys,
    // Whoever asks this machine itself may see its data; others only as much as they must.
    masksEmails: !isLocal,
    corsOrigins: options.corsOrigin ?? [],
    allowedHosts: isLocal && keys === null ? (options.allowHost ?? []) : null,
    trustedProxies: options.trustProxy ?? [],
    rateLimit: options.rateLimit,
    cacheBytes: options.cache * 1024 * 1024,
    log: output,
    logLevel: options.logLevel,
    debug: options.debug === true,
  };
}

/** Null when no key is asked for: there are none, or it was said so. */
function keysOf(
  { env }: OpenedProfile,
  options: ServeOptions,
  onTrouble: (error: unknown) => void,
): KeyRing | null {
  if (options.allowAnonymous === true) return null;
  const ring = new KeyRing({
    fixed: keysInEnvironment(env['TECHSTORE_API_KEYS']),
    file: keysFileOf(options),
    onTrouble,
  });
  return ring.size === 0 ? null : ring;
}

function mustNotBeOpen(isLocal: boolean, keys: KeyRing | null, options: ServeOptions): void {
  if (isLocal || keys !== null || options.allowAnonymous === true) return;
  throw new TechstoreError('usage', 'Others can reach this address, but no API key is required', {
    hint: 'Create a key with techstore keys create NAME, or allow access without a key with --allow-anonymous.',
  });
}

function mustBeOrigin(text: string): void {
  if (text === '*' || (URL.canParse(text) && new URL(text).origin === text)) return;
  throw new TechstoreError('usage', `'${text}' is not an origin`, {
    hint: 'Write only scheme, host and optional port, such as https://shop.example',
  });
}

interface Told {
  readonly build: BuildReader | null;
  readonly keys: KeyRing | null;
  readonly options: ServeOptions;
  readonly output: LogOutput;
}

function tell(url: string, { build, keys, options: { quiet }, output }: Told): void {
  process.stdout.write(`${url}\n`);
  if (quiet === true) return;
  if (build === null) {
    output.write('No build is published yet. Every query is refused until a build is published.\n');
  } else {
    const asOf = build.facts.asOf === null ? '' : `, as of ${build.facts.asOf}`;
    output.write(
      `Serving build ${build.facts.id}${asOf}, at ${url}/dashboard, documented at ${url}/docs\n`,
    );
  }
  const who = keys === null ? 'No API key is required' : `API keys: ${keys.size}`;
  output.write(`${who}. Ctrl-C stops it.\n`);
}

/** Lines of the same kind as those of requests, for what happens between them. */
function logger(
  { logLevel }: ServeOptions,
  output: LogOutput,
): (level: 'info' | 'error', fields: object, text: string) => void {
  const order = ['debug', 'info', 'warn', 'error'];
  return (level, fields, msg) => {
    if (order.indexOf(level) < order.indexOf(logLevel)) return;
    const line = { level: level === 'info' ? 30 : 50, time: Date.now(), ...fields, msg };
    output.write(`${JSON.stringify(line)}\n`);
  };
}
