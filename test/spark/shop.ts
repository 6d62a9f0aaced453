/** The project itself with a target on the stand-in, in a folder of its own, run as a user would. */
import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectCopy } from '../../scripts/lib/project-copy.mjs';
import { caFile, catalog, token, type StandIn } from './support.js';
import { warehousePath } from './gateway/gateway.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface SparkShop {
  readonly dir: string;
  /** The program with `--target databricks`. */
  run(...args: readonly string[]): Promise<Ran>;
  remove(): void;
}

/** @param schema of the target: tests do not share theirs */
export function sparkShop(place: StandIn, schema: string): SparkShop {
  const dir = projectCopy('spark');
  writeProfile(dir, place, schema);
  return {
    dir,
    run: (...args) => program(dir, [...args, '--target', 'databricks']),
    remove: () => {
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Two targets: a file, and the stand-in. */
export function writeProfile(dir: string, place: StandIn, schema: string): void {
  writeProfiles(dir, databricksOutput(place, schema));
}

/** What profiles.yml says of the stand-in. */
export function databricksOutput(place: StandIn, schema: string): Record<string, unknown> {
  return {
    type: 'databricks',
    catalog,
    schema,
    host: `localhost:${place.gateway.port}`,
    http_path: warehousePath,
    token: "{{ env_var('DBT_DATABRICKS_TOKEN', '') }}",
    ca_file: caFile,
    threads: 4,
  };
}

export function writeProfiles(dir: string, databricks: Readonly<Record<string, unknown>>): void {
  const dev = { type: 'duckdb', path: 'techstore.duckdb' };
  // JSON is YAML.
  writeFileSync(
    join(dir, 'profiles.yml'),
    JSON.stringify({ techstore_dbt: { target: 'dev', outputs: { dev, databricks } } }),
  );
}

export const entry = join(root, 'bin', 'techstore.js');

export function environment(): NodeJS.ProcessEnv {
  return { ...process.env, DBT_DATABRICKS_TOKEN: token, NO_COLOR: '1' };
}

export function program(dir: string, args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [entry, ...args], {
    cwd: dir,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return finished(child);
}

/** Everything that it says, and how it ends. */
export function finished(child: ChildProcess): Promise<Ran> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}
