/** Repositories, by the git that is installed. */
import { spawn } from 'node:child_process';
import { lstatSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { TechstoreError } from '../errors.js';
import { shownUrl, withoutSecretsOf } from './shown-url.js';
import type { GitWanted } from './wanted.js';

export interface Checkout {
  /** Absolute: the folder of the package. */
  readonly folder: string;
  /** Full hash of the commit. */
  readonly commit: string;
}

interface GitPlace {
  /** Of the root project: paths of repositories are relative to it. */
  readonly root: string;
  readonly signal: AbortSignal;
}

/**
 * Files of a revision in a new folder. Nothing in the repository runs: no hook, no submodule, and links are written
 * as files with the name of their target.
 *
 * @throws TechstoreError `project` with what git says, without what is secret in the URL
 */
export async function checkout(
  wanted: GitWanted,
  folder: string,
  place: GitPlace,
): Promise<Checkout> {
  mkdirSync(folder, { recursive: true });
  const git = async (...args: readonly string[]): Promise<Answer> =>
    runGit(
      ['-C', folder, '-c', 'core.hooksPath=/dev/null', '-c', 'core.symlinks=false', ...args],
      place,
    );
  const must = async (...args: readonly string[]): Promise<string> => {
    const answer = await git(...args);
    if (answer.code === 0) return answer.output.trim();
    throw failed(wanted, answer.errors);
  };
  await must('init', '--quiet');
  const url = /^\.{1,2}(\/|$)/.test(wanted.url) ? join(place.root, wanted.url) : wanted.url;
  const commit = await fetchCommit(url, wanted, git, must);
  await must('checkout', '--quiet', '--force', '--detach', commit);
  rmSync(join(folder, '.git'), { recursive: true, force: true });
  const own = wanted.subdirectory === null ? folder : join(folder, wanted.subdirectory);
  if (lstatSync(own, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new TechstoreError(
      'project',
      `${shownUrl(wanted.url)} has no folder ${wanted.subdirectory ?? ''} at ${wanted.revision ?? 'its default branch'}`,
      { place: wanted.place, hint: "Check 'subdirectory'." },
    );
  }
  return { folder: own, commit };
}

interface Answer {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** The one commit alone where the server gives it by this name; else, for a short hash, all of them. */
async function fetchCommit(
  url: string,
  { revision }: GitWanted,
  git: (...args: readonly string[]) => Promise<Answer>,
  must: (...args: readonly string[]) => Promise<string>,
): Promise<string> {
  const fetched = ['fetch', '--quiet', '--no-recurse-submodules'];
  const name = revision ?? 'HEAD';
  const one = await git(...fetched, '--no-tags', '--depth', '1', '--', url, name);
  if (one.code === 0) return must('rev-parse', '--verify', '--quiet', 'FETCH_HEAD^{commit}');
  if (!/^[0-9a-f]{4,40}$/i.test(name)) {
    // Again, for what git says to it.
    return must(...fetched, '--no-tags', '--depth', '1', '--', url, name);
  }
  await must(...fetched, '--tags', '--', url, '+refs/heads/*:refs/remotes/origin/*');
  return must('rev-parse', '--verify', '--end-of-options', `${name}^{commit}`);
}

function runGit(args: readonly string[], { root, signal }: GitPlace): Promise<Answer> {
  return new Promise((done, fail) => {
    const child = spawn('git', args, {
      cwd: root,
      signal,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        // A prompt would wait for ever, and other transports run programs.
        GIT_TERMINAL_PROMPT: '0',
        GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh',
        LC_ALL: 'C',
      },
    });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.on('error', (cause) => {
      if (signal.aborted || (cause as NodeJS.ErrnoException).code !== 'ENOENT') fail(cause);
      else
        fail(
          new TechstoreError('project', 'git is not installed, and a package is in a repository', {
            hint: 'Install git, or list the package from the hub or as a tarball.',
            cause,
          }),
        );
    });
    child.on('close', (code) => done({ code: code ?? 1, output, errors }));
  });
}

function failed({ url, revision, place }: GitWanted, errors: string): TechstoreError {
  const said = withoutSecretsOf(errors, [url])
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const at = revision === null ? '' : ` at ${revision}`;
  return new TechstoreError(
    'project',
    `git cannot get ${shownUrl(url)}${at}: ${said[0] ?? 'it does not say why'}`,
    {
      place,
      ...(said.length > 1 ? { excerpt: said.slice(1, 8).join('\n') } : {}),
      hint: 'Check the URL, the revision and your access: git asks for no password here.',
    },
  );
}
