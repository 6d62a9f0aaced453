/**
 * `techstore customers top --json`, whole process, beside a bare Node program that opens the same file
 * with the same driver and runs the same SQL.
 */
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTurns, report, root, techstore, timeProcess } from './measure.mjs';
import { projectCopy } from '../scripts/lib/project-copy.mjs';

const dir = projectCopy('bench');
// Inside the project, so that it finds the driver.
const bare = join(root, 'dist', 'bare-customers-top.mjs');
try {
  await timeProcess([...techstore, 'build'], { cwd: dir });
  const [command, ...program] = techstore;
  const explained = JSON.parse(
    execFileSync(command, [...program, 'customers', 'top', '--explain', '--json'], {
      cwd: dir,
      encoding: 'utf8',
    }),
  );
  writeFileSync(
    bare,
    `import { DuckDBInstance } from '@duckdb/node-api';
const instance = await DuckDBInstance.create(${JSON.stringify(join(dir, 'techstore.duckdb'))}, { access_mode: 'READ_ONLY' });
const connection = await instance.connect();
const reader = await connection.runAndReadAll(${JSON.stringify(explained.sql)}, ${JSON.stringify(explained.parameters.map(({ value }) => value))});
console.log(JSON.stringify(reader.getRowObjectsJson()));
`,
  );
  const seconds = await inTurns(Number(process.argv[2] ?? 21), {
    'bare program': () => timeProcess([process.execPath, bare], { cwd: dir }),
    'techstore customers top --json': () =>
      timeProcess([...techstore, 'customers', 'top', '--json'], { cwd: dir }),
  });
  report(
    'Top customers as JSON',
    seconds,
    'techstore customers top --json',
    'bare program',
    'goal: at most 1.3',
  );
} finally {
  rmSync(dir, { recursive: true, force: true });
  rmSync(bare, { force: true });
}
