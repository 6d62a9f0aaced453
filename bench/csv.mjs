/**
 * Measures the strict reader against DuckDB's own CSV reader on a file of the
 * shape of order_items: `node bench/csv.mjs [--lines 5000000] [--runs 5]`.
 * Both read into a fresh database file; the runs take turns; medians are shown.
 * `--form NAME` measures one way of writing the values. Peak memory is that of a
 * process which reads the file once.
 */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import ts from 'typescript';

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '5000000' },
    runs: { type: 'string', default: '5' },
    form: { type: 'string', multiple: true },
    // How the process that measures memory is started.
    side: { type: 'string' },
    file: { type: 'string' },
  },
});
const lines = Number(values.lines);
const runs = Number(values.runs);

const columns = [
  ['id', 'BIGINT'],
  ['order_id', 'BIGINT'],
  ['product_id', 'BIGINT'],
  ['quantity', 'BIGINT'],
  ['unit_price', 'DECIMAL(18,2)'],
  ['unit_cost', 'DECIMAL(18,2)'],
  ['line_total', 'DECIMAL(18,2)'],
  ['discount_percent', 'DECIMAL(5,2)'],
  ['created_at', 'TIMESTAMP'],
].map(([name, type]) => ({ name, type }));

const two = (number) => String(number).padStart(2, '0');
const money = (cents) => `${Math.floor(cents / 100)}.${two(cents % 100)}`;

/** How each form writes a row. DuckDB alone drops an offset, so its own time is for another table. */
const forms = {
  canonical: (cells) => cells.join(','),
  'short decimals (12.5)': (cells) =>
    cells.map((cell, index) => (index < 4 || index === 8 ? cell : String(Number(cell)))).join(','),
  'timestamps with T and Z': (cells) =>
    `${cells.slice(0, 8).join(',')},${cells[8].replace(' ', 'T')}Z`,
  'offsets (+02:00)': (cells) => `${cells.join(',')}+02:00`,
  'every field quoted': (cells) => `"${cells.join('","')}"`,
  CRLF: (cells) => `${cells.join(',')}\r`,
};

function generate(path, form) {
  let seed = 20240101;
  const random = (below) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % below;
  };
  const file = openSync(path, 'w');
  let rows = [`${columns.map(({ name }) => name).join(',')}${form === forms.CRLF ? '\r' : ''}`];
  for (let id = 1; id <= lines; id += 1) {
    const quantity = 1 + random(9);
    const price = 100 + random(200_000);
    const discount = random(30) * 100;
    const cells = [
      id,
      1 + (id >> 1),
      1 + random(20_000),
      quantity,
      money(price),
      money(Math.floor(price * 0.6)),
      money(Math.round((quantity * price * (10_000 - discount)) / 10_000)),
      money(discount),
      `202${random(5)}-${two(1 + random(12))}-${two(1 + random(28))} ${two(random(24))}:${two(random(60))}:${two(random(60))}`,
    ];
    rows.push(form(cells));
    if (rows.length === 20_000) {
      writeSync(file, `${rows.join('\n')}\n`);
      rows = [];
    }
  }
  if (rows.length > 0) writeSync(file, `${rows.join('\n')}\n`);
  closeSync(file);
}

/** The reader as JavaScript, so that this needs no build and no loader. */
async function compile(folder) {
  const root = new URL('../src/', import.meta.url);
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  mkdirSync(join(folder, 'sources'));
  const files = [
    'errors.ts',
    ...readdirSync(new URL('sources/', root)).map((name) => `sources/${name}`),
  ];
  for (const file of files.filter((name) => name.endsWith('.ts'))) {
    const { outputText } = ts.transpileModule(readFileSync(new URL(file, root), 'utf8'), {
      compilerOptions: { target: 'es2023', module: 'esnext', verbatimModuleSyntax: true },
    });
    writeFileSync(join(folder, file.replace(/\.ts$/, '.js')), outputText);
  }
  return import(pathToFileURL(join(folder, 'sources/index.js')).href);
}

/** Milliseconds that `work` takes with a connection to a fresh database file. */
async function timed(folder, work) {
  const path = join(folder, 'bench.duckdb');
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  const start = performance.now();
  await work(connection);
  const time = performance.now() - start;
  connection.closeSync();
  instance.closeSync();
  rmSync(path, { force: true });
  rmSync(`${path}.wal`, { force: true });
  return time;
}

const median = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
const seconds = (time) => `${(time / 1000).toFixed(2)} s`;

const declared = columns.map(({ name, type }) => `'${name}': '${type}'`).join(', ');
const folder = mkdtempSync(join(tmpdir(), 'techstore-bench-'));
const { loadCsv } = await compile(folder);

const sides = {
  duckdb: (path) =>
    timed(folder, (connection) =>
      connection.run(
        `create table items as select * from read_csv('${path}', columns={${declared}}, auto_detect=false, header=true)`,
      ),
    ),
  ours: (path) =>
    timed(folder, (connection) =>
      loadCsv(
        {
          run: async (sql) => void (await connection.run(sql)),
          rows: async (sql) => (await connection.runAndReadAll(sql)).getRowsJson(),
        },
        { path, columns, relation: 'items' },
      ),
    ),
};

/** MiB that a process of its own needs at most to read the file. */
function peakMemory(side, path) {
  const self = fileURLToPath(import.meta.url);
  return execFileSync(process.execPath, [self, '--side', side, '--file', path], {
    encoding: 'utf8',
  }).trim();
}

async function measure(name, form) {
  const path = join(folder, 'order_items.csv');
  generate(path, form);
  const times = { ours: [], duckdb: [] };
  // The first of each is thrown away: it may find the file outside of the disk's cache.
  for (let run = 0; run <= runs; run += 1) {
    for (const side of ['duckdb', 'ours']) {
      const time = await sides[side](path);
      if (run > 0) times[side].push(time);
    }
  }
  const ours = median(times.ours);
  const duckdb = median(times.duckdb);
  const size = Math.round(statSync(path).size / 1e6);
  console.log(
    `${name}: ${lines} lines, ${size} MB; ours ${seconds(ours)}, DuckDB ${seconds(duckdb)}, ratio ${(ours / duckdb).toFixed(2)}; ` +
      `peak memory ours ${peakMemory('ours', path)} MiB, DuckDB ${peakMemory('duckdb', path)} MiB`,
  );
}

try {
  if (values.side !== undefined) {
    await sides[values.side](values.file);
    console.log(Math.round(process.resourceUsage().maxRSS / 1024));
  } else {
    for (const [name, form] of Object.entries(forms)) {
      if (values.form === undefined || values.form.includes(name)) await measure(name, form);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
