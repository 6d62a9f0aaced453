/**
 * `npm run bench serve`: the REST API beside the design that it replaces (FastAPI, uvicorn, one
 * DuckDB connection, Pydantic), in one run on one machine with the same database file.
 *
 *     node bench/serve.mjs --seconds 10 --memory-requests 1000000
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pythonEnvironment } from '../scripts/lib/python-environment.mjs';
import { median, root, techstore } from './measure.mjs';
import { projectCopy } from '../scripts/lib/project-copy.mjs';
import { load } from './serve/http-load.mjs';
import { mixedQuestions } from './serve/mixed-questions.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    'memory-requests': { type: 'string', default: '1000000' },
  },
});
const seconds = Number(values.seconds);
const rounds = Number(values.rounds);
const connections = 16;
const questions = allQuestions();

const bin = pythonEnvironment('bench-serve-venv', join(root, 'bench', 'serve', 'requirements.txt'));
if (bin === null) process.exit(2);
const shop = projectCopy('bench');
const servers = [];
try {
  const built = spawnSync(techstore[0], [techstore[1], 'build', '--quiet'], { cwd: shop });
  if (built.status !== 0) throw new Error(built.stderr.toString());
  const theirs = await startTheirs();
  const cached = await startOurs();

  await sameAnswers(cached, theirs);
  await compare(
    'Cached: the same question again',
    'goal: at least 10',
    theirs,
    async () => cached,
    {
      pathOf: () => '/api/customers/top-customers',
    },
  );
  await compare('Uncached: each question once', 'goal: at least 3', theirs, startOurs, {
    pathOf: (n) => questions[n],
    requests: questions.length,
  });
  await memory(cached);
} finally {
  for (const { child } of servers) child.kill('SIGTERM');
  await Promise.all(servers.map(({ child }) => child.exitCode ?? once(child, 'exit')));
  rmSync(shop, { recursive: true, force: true });
}

/** Every question of four endpoints, in an order that a shuffle made; each has an answer of its own. */
function allQuestions() {
  const segments = ['VIP', 'Loyal', 'New', 'At%20Risk', 'Lost', 'Regular', 'Prospect'];
  const upTo = (most, path) => Array.from({ length: most }, (_, i) => `${path}=${i + 1}`);
  const list = [
    ...upTo(365, '/api/sales/summary?days'),
    ...upTo(24, '/api/sales/trends?months'),
    ...upTo(100, '/api/customers/top-customers?limit'),
    ...segments.flatMap((one) => upTo(200, `/api/customers/segments/${one}?limit`)),
  ];
  let state = 1;
  for (let i = list.length - 1; i > 0; i--) {
    state = (state * 48271) % 2147483647;
    const j = state % (i + 1);
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}

async function startOurs(...args) {
  const child = spawn(
    techstore[0],
    [techstore[1], 'serve', '--port', '0', '--rate-limit', '0', '--quiet', ...args],
    { cwd: shop, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const server = { name: 'techstore serve', child, port: 0 };
  servers.push(server);
  const [line] = await once(child.stdout, 'data');
  server.port = Number(new URL(line.toString().trim()).port);
  return server;
}

async function startTheirs() {
  const port = await freePort();
  const child = spawn(
    join(bin, 'uvicorn'),
    [
      'app:app',
      '--app-dir',
      join(root, 'bench', 'serve'),
      '--port',
      String(port),
      '--log-level',
      'error',
    ],
    {
      env: { ...process.env, SHOP: join(shop, 'techstore.duckdb') },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const server = { name: 'FastAPI, uvicorn', child, port };
  servers.push(server);
  for (let attempt = 0; ; attempt++) {
    try {
      if ((await fetch(`http://127.0.0.1:${port}/health`)).ok) return server;
    } catch {
      if (attempt === 100) throw new Error('FastAPI does not answer');
    }
    await new Promise((done) => setTimeout(done, 100));
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

/** In turns, so that a busy moment of the machine meets both. A server that starts anew has kept nothing. */
async function compare(title, goal, theirs, start, { pathOf, requests }) {
  const results = { ours: [], theirs: [] };
  for (let round = 0; round < rounds; round++) {
    const ours = await start();
    // Its code is warm then, and what is measured afterwards is still asked for the first time.
    await load({
      port: ours.port,
      connections,
      seconds: 2,
      pathOf: (n) => `/api/products/low-stock?limit=${1 + (n % 200)}`,
    });
    for (const [name, server] of Object.entries({ ours, theirs })) {
      const result = await load({ port: server.port, connections, seconds, requests, pathOf });
      if (result.refused > 0) throw new Error(`${server.name} refused ${result.refused} requests`);
      results[name].push(result);
    }
  }
  console.log(`\n${title}`);
  const speed = Object.entries({
    'techstore serve': results.ours,
    'FastAPI, uvicorn': results.theirs,
  }).map(([name, list]) => {
    const of = (field) => median(list.map((one) => one[field]));
    const times = `p50 ${of('p50').toFixed(2)} ms   p99 ${of('p99').toFixed(2)} ms`;
    console.log(
      `  ${name.padEnd(20)} ${of('perSecond').toFixed(0).padStart(7)} requests/s   ${times}`,
    );
    return of('perSecond');
  });
  console.log(`  ratio: ${(speed[0] / speed[1]).toFixed(1)} (${goal})`);
}

/** What is compared must be the same work. */
async function sameAnswers(ours, theirs) {
  for (const path of questions.slice(0, 100)) {
    const [a, b] = await Promise.all(
      [ours, theirs].map(async ({ port }) =>
        (await fetch(`http://127.0.0.1:${port}${path}`)).json(),
      ),
    );
    const isSame = Array.isArray(a)
      ? a.length === b.length && a.every((row, i) => row.customer_id === b[i].customer_id)
      : Math.abs(a.total_revenue - b.total_revenue) < 0.005;
    if (!isSame) throw new Error(`${path} is answered differently`);
  }
}

/** Memory after each tenth of the requests: answers from the cache and from the database, 304, errors. */
async function memory({ child, port }) {
  const requests = Number(values['memory-requests']);
  if (requests === 0) return;
  const mixed = await mixedQuestions(port, questions);
  const rss = () =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024;
  const sizes = [];
  const statuses = {};
  const started = performance.now();
  for (let tenth = 0; tenth < 10; tenth++) {
    const first = Math.round((requests * tenth) / 10);
    const done = await load({
      port,
      connections,
      seconds: 3600,
      requests: Math.round((requests * (tenth + 1)) / 10) - first,
      pathOf: (n) => mixed.pathOf(first + n),
      etagOf: (n) => mixed.etagOf(first + n),
    });
    sizes.push(rss());
    for (const [status, count] of Object.entries(done.statuses))
      statuses[status] = (statuses[status] ?? 0) + count;
  }
  const took = (performance.now() - started) / 1000;
  console.log(`\nMemory over ${requests.toLocaleString('en')} requests, in ${took.toFixed(0)} s`);
  console.log(`  answered with ${JSON.stringify(statuses)}`);
  console.log(`  MiB after each tenth: ${sizes.map((size) => size.toFixed(0)).join(' ')}`);
  console.log(`  ratio: ${(sizes.at(-1) / sizes[0]).toFixed(2)} (goal: at most 1.1)`);
}
