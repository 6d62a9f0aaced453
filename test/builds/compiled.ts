import { buildSync } from 'esbuild';
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Child processes must be plain Node programs: here is the code under test as
 * JavaScript, in a folder from which the driver can be found.
 */
export function compileForChildren(): { folder: string; remove: () => void } {
  mkdirSync(join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, '.cache', 'children-'));
  // Children that give up their rights must still be able to load it.
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  const files = [
    ...['catalog-of-file', 'errors', 'fs-error', 'regular-file'].map((file) =>
      join(root, `src/${file}.ts`),
    ),
    ...['builds', 'engine', 'ground', 'manifest'].flatMap((part) =>
      typescriptIn(join(root, 'src', part)),
    ),
    join(root, 'test/helpers/node-state.ts'),
    ...typescriptIn(join(root, 'test/builds/children')),
  ];
  buildSync({ entryPoints: files, outbase: root, outdir: folder, format: 'esm', target: 'es2023' });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function typescriptIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return typescriptIn(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

export interface Child {
  readonly process: ChildProcess;
  /** The next line of its output that begins with `prefix`. Fails when it ends first. */
  line(prefix: string): Promise<string>;
  /** Everything it printed so far, both streams. */
  output(): string;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

/** Starts `children/<name>.ts`; `shell` puts a line of shell before it (`ulimit -f 100; `). */
export function startChild(
  folder: string,
  name: string,
  args: readonly string[],
  options: { shell?: string } = {},
): Child {
  const script = join(folder, 'test/builds/children', `${name}.js`);
  const child =
    options.shell === undefined
      ? spawn(process.execPath, [script, ...args])
      : spawn('bash', ['-c', `${options.shell} exec "$0" "$@"`, process.execPath, script, ...args]);
  let text = '';
  let done = false;
  const waiting = new Set<() => void>();
  const add = (chunk: Buffer) => {
    text += chunk.toString();
    for (const look of waiting) look();
  };
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  const ended = new Promise<number | string>((resolve) => {
    child.on('close', (code, signal) => {
      done = true;
      for (const look of waiting) look();
      resolve(code ?? signal ?? 'unknown');
    });
  });
  let seen = 0;
  const line = (prefix: string) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const lines = text.split('\n').slice(0, -1);
        const at = lines.findIndex((l, i) => i >= seen && l.startsWith(prefix));
        if (at === -1 && !done) return;
        waiting.delete(look);
        if (at === -1) reject(new Error(`The child ended without "${prefix}":\n${text}`));
        else {
          seen = at + 1;
          resolve(lines[at] ?? '');
        }
      };
      waiting.add(look);
      look();
    });
  return { process: child, line, output: () => text, ended };
}
