/**
 * `npm run test:api`: a server of the built shop, and Schemathesis, which makes requests
 * of its description, right ones and wrong ones, and checks every answer against it.
 * Ends with `N passed, N failed`, where a test is a request.
 *
 *     npm run test:api -- --examples 1000 --seed 7
 */
import { spawn, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectCopy } from './lib/project-copy.mjs';
import { pythonEnvironment } from './lib/python-environment.mjs';
import { compile, install, root } from './lib/setup.mjs';

const { values } = parseArgs({
  options: {
    // Of each operation; there are 18 of them.
    examples: { type: 'string', default: '300' },
    seed: { type: 'string', default: '20250630' },
  },
});
const LEAST_CASES = 5000;

install();
compile();
const bin = pythonEnvironment('api-venv', join(root, 'test', 'api', 'requirements.txt'));
const shop = projectCopy('api');
const program = join(root, 'bin', 'techstore.js');
let server;
try {
  if (bin === null) throw new Error('Schemathesis could not be installed');
  techstore('build', '--quiet');
  const key = techstore(
    ...['keys', 'create', 'schemathesis', '--quiet'],
    ...['--scope', 'read', 'customers:pii', 'metrics'],
  ).trim();
  server = spawn(
    process.execPath,
    [program, 'serve', '--port', '0', '--rate-limit', '0', '--log-level', 'error'],
    { cwd: shop, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const url = await firstLine(server);
  const done = spawnSync(
    join(bin, 'schemathesis'),
    [
      ...['run', `${url}/openapi.json`, '--header', `Authorization: Bearer ${key}`],
      ...['--checks', 'all', '--max-examples', values.examples, '--seed', values.seed],
    ],
    { cwd: shop, encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  const output = `${done.stdout}${done.stderr}`;
  // A request can be thousands of characters long.
  for (const line of output.split('\n')) console.log(line.slice(0, 500));
  finish(done.status === 0, output);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
} finally {
  server?.kill('SIGTERM');
  rmSync(shop, { recursive: true, force: true });
}

/** @param {readonly string[]} args */
function techstore(...args) {
  const done = spawnSync(process.execPath, [program, ...args], { cwd: shop, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`techstore ${args[0]} failed:\n${done.stderr}`);
  return done.stdout;
}

/**
 * The server says its address first.
 * @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, null>} child
 * @returns {Promise<string>}
 */
function firstLine(child) {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    child.on('close', () => reject(new Error('The server ended before it listened')));
  });
}

/**
 * @param {boolean} isGood
 * @param {string} output
 */
function finish(isGood, output) {
  const generated = Number(/(\d+) generated/.exec(output)?.[1] ?? 0);
  const found = Number(/found (\d+) unique failures/.exec(output)?.[1] ?? 0);
  if (generated < LEAST_CASES) {
    console.error(`Only ${generated} requests were made, which should be ${LEAST_CASES} at least.`);
  }
  const failed = found + (isGood || found > 0 ? 0 : 1) + (generated < LEAST_CASES ? 1 : 0);
  console.log(`${Math.max(0, generated - found)} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
