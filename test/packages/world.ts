/** Packages as the world has them: a hub, archives and repositories, all on this machine. */
import { execFileSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Header } from 'tar';
import type { ProjectWarning } from '../../src/project/index.js';
import { installPackages, type DepsOptions, type DepsOutcome } from '../../src/packages/index.js';
import { loadProject } from '../../src/project/index.js';
import { TechstoreError } from '../../src/errors.js';

export interface Entry {
  readonly path: string;
  readonly text?: string;
  readonly type?: 'File' | 'Directory' | 'SymbolicLink' | 'Link';
  readonly linkpath?: string;
}

/** A `.tar.gz` of exactly these entries, whatever they are. */
export function archive(entries: readonly Entry[]): Buffer {
  const blocks: Buffer[] = [];
  for (const { path, text = '', type = 'File', linkpath } of entries) {
    const content = Buffer.from(text);
    const block = Buffer.alloc(512);
    new Header({
      path,
      type,
      size: type === 'File' ? content.length : 0,
      mode: 0o644,
      ...(linkpath === undefined ? {} : { linkpath }),
    }).encode(block);
    blocks.push(block, content, Buffer.alloc((512 - (content.length % 512)) % 512));
  }
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

/** An archive with one package in one folder. */
export function packageArchive(name: string, files: Readonly<Record<string, string>> = {}): Buffer {
  const all = { 'dbt_project.yml': `name: ${name}\n`, ...files };
  return archive(Object.entries(all).map(([path, text]) => ({ path: `${name}-1/${path}`, text })));
}

/** One project and what its packages come from. */
export class World {
  readonly dir = mkdtempSync(join(tmpdir(), 'techstore-deps-'));
  readonly root = join(this.dir, 'project');
  readonly answers = new Map<string, Buffer | string | number>();
  readonly asked: string[] = [];
  readonly warnings: ProjectWarning[] = [];
  #server: Server | undefined;

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.write({ 'dbt_project.yml': 'name: shop\n', ...files });
  }

  /** Relative to the project. */
  write(files: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, file)), { recursive: true });
      writeFileSync(join(this.root, file), text);
    }
  }

  read(file: string): string {
    return readFileSync(join(this.root, file), 'utf8');
  }

  has(file: string): boolean {
    return existsSync(join(this.root, file));
  }

  async serve(): Promise<string> {
    const server = createServer((request, response) => {
      this.asked.push(request.url ?? '');
      const answer = this.answers.get(request.url ?? '') ?? 404;
      response.statusCode = typeof answer === 'number' ? answer : 200;
      response.end(typeof answer === 'number' ? '' : answer);
    });
    this.#server = server;
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return this.url;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server?.address() as AddressInfo).port}/`;
  }

  /** Puts versions of a package on the hub, each with its archive. */
  onHub(
    name: string,
    versions: Readonly<Record<string, { packages?: object[]; require_dbt_version?: string[] }>>,
    more: object = {},
  ): void {
    const [namespace, project = ''] = name.split('/');
    const all = Object.fromEntries(
      Object.entries(versions).map(([version, rest]) => {
        const path = `/archives/${project}-${version}.tar.gz`;
        this.answers.set(path, packageArchive(project, { 'version.txt': version }));
        const downloads = { tarball: `${this.url.slice(0, -1)}${path}`, format: 'tgz' };
        return [version, { name: project, version, packages: [], ...rest, downloads }];
      }),
    );
    const json = JSON.stringify({ name: project, namespace, versions: all, ...more });
    this.answers.set(`/api/v1/${name}.json`, json);
  }

  /** A repository with one commit and the tag `v1`. */
  repository(name: string, files: Readonly<Record<string, string>>): string {
    const folder = join(this.dir, name);
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    this.git(folder, 'init', '--quiet', '--initial-branch', 'main');
    this.commit(folder);
    this.git(folder, 'tag', 'v1');
    return folder;
  }

  commit(folder: string): string {
    this.git(folder, 'add', '--all');
    this.git(folder, 'commit', '--quiet', '--message', 'x', '--allow-empty');
    return this.git(folder, 'rev-parse', 'HEAD');
  }

  git(folder: string, ...args: readonly string[]): string {
    const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
    return execFileSync('git', ['-C', folder, ...who, ...args], { encoding: 'utf8' }).trim();
  }

  deps(options: Partial<DepsOptions> = {}): Promise<DepsOutcome> {
    const env = this.#server === undefined ? {} : { DBT_PACKAGE_HUB_URL: this.url };
    return installPackages({
      project: loadProject(this.root),
      env,
      render: (text) => text.replaceAll("{{ env_var('TOKEN') }}", 's3cret'),
      signal: new AbortController().signal,
      warn: (warning) => void this.warnings.push(warning),
      ...options,
    });
  }

  /** The error of what must not work. */
  async refused(options: Partial<DepsOptions> = {}): Promise<TechstoreError> {
    try {
      await this.deps(options);
    } catch (error) {
      if (error instanceof TechstoreError) return error;
      throw error;
    }
    throw new Error('the call went through');
  }

  async close(): Promise<void> {
    const server = this.#server;
    if (server !== undefined) {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
    rmSync(this.dir, { recursive: true, force: true });
  }
}
