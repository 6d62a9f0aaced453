/** The project itself with a target on the stand-in, in a folder of its own, run as a user would. */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
  const dir = mkdtempSync(join(tmpdir(), 'techstore-spark-'));
  for (const part of ['dbt_project.yml', 'models', 'macros', 'seeds', 'data-tests', 'analyses']) {
    cpSync(join(root, part), join(dir, part), { recursive: true });
  }
  const output = {
    type: 'databricks',
    catalog,
    schema,
    host: `localhost:${place.gateway.port}`,
    http_path: warehousePath,
    token: "{{ env_var('DBT_DATABRICKS_TOKEN', '') }}",
    ca_file: caFile,
    threads: 4,
  };
  const dev = { type: 'duckdb', path: 'techstore.duckdb' };
  // JSON is YAML.
  writeFileSync(
    join(dir, 'profiles.yml'),
    JSON.stringify({ techstore_dbt: { target: 'dev', outputs: { dev, databricks: output } } }),
  );
  return {
    dir,
    run: (...args) => program(dir, [...args, '--target', 'databricks']),
    remove: () => {
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export function program(dir: string, args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [join(root, 'bin', 'techstore.js'), ...args], {
    cwd: dir,
    env: { ...process.env, DBT_DATABRICKS_TOKEN: token, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}
