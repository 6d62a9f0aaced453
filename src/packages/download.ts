/** Files and JSON over HTTP. */
import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TechstoreError } from '../errors.js';
import { shownUrl } from './shown-url.js';

/** Seconds until an answer begins. */
const timeout = 30;
/** dbt's largest packages have a few megabytes. */
const maxMegabytes = 256;

const hint =
  'Check the network. Behind a proxy, set NODE_USE_ENV_PROXY=1 beside HTTPS_PROXY (Node 22.21 or later). DBT_PACKAGE_HUB_URL names another hub. Without a network, list the package with local or git, or copy it into dbt_packages.';

/**
 * @param what is fetched, in a sentence: `The package hub`
 * @returns undefined where the server says that there is no such thing
 * @throws TechstoreError `project` where it cannot be had
 */
export async function getJson(url: string, what: string, signal: AbortSignal): Promise<unknown> {
  const response = await get(url, what, signal);
  if (response === undefined) return undefined;
  try {
    return await response.json();
  } catch (cause) {
    throw failed(what, url, 'its answer is not JSON', cause);
  }
}

/** @throws TechstoreError `project` where it cannot be had, or is larger than any package */
export async function download(
  url: string,
  path: string,
  what: string,
  signal: AbortSignal,
): Promise<void> {
  const response = await get(url, what, signal);
  if (response?.body == null) throw failed(what, url, 'it does not exist', undefined);
  let bytes = 0;
  const limited = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maxMegabytes * 2 ** 20)
        done(failed(what, url, `it is larger than ${maxMegabytes} MB`, undefined));
      else done(null, chunk);
    },
  });
  try {
    await pipeline(Readable.fromWeb(response.body), limited, createWriteStream(path), { signal });
  } catch (error) {
    if (error instanceof TechstoreError || signal.aborted) throw error;
    throw failed(what, url, reasonOf(error), error);
  }
}

async function get(url: string, what: string, signal: AbortSignal): Promise<Response | undefined> {
  if (!/^https?:\/\//i.test(url)) {
    throw new TechstoreError('project', `${what} is at ${shownUrl(url)}, which is no http address`);
  }
  let response: Response;
  try {
    response = await fetch(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout * 1000)]),
      headers: { 'user-agent': 'techstore' },
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw failed(what, url, reasonOf(error), error);
  }
  if (response.status === 404) return undefined;
  if (!response.ok) throw failed(what, url, `the server answers ${response.status}`, undefined);
  return response;
}

function failed(what: string, url: string, why: string, cause: unknown): TechstoreError {
  return new TechstoreError('project', `${what} cannot be had from ${shownUrl(url)}: ${why}`, {
    hint,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** `fetch` says only that it failed; why is in the cause, of which there may be several. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer came within ${timeout} seconds`;
  const { cause } = error;
  const inner = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
  return inner instanceof Error && inner.message !== '' ? inner.message : error.message;
}
