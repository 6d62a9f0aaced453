/** `techstore plan` of a made project of 1,000 models and 10,000 columns, beside `dbt parse` of the same, cold. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeProject } from './make-project.mjs';
import { inTurns, report, root, techstore, timeProcess } from './measure.mjs';

const dbt = join(root, '.cache', 'dbt-venv', 'bin', 'dbt');
const hasDbt = existsSync(dbt);
const dir = mkdtempSync(join(tmpdir(), 'techstore-bench-'));
const env = { ...process.env, DBT_PROFILES_DIR: dir, DBT_SEND_ANONYMOUS_USAGE_STATS: 'false' };
try {
  makeProject(dir, 1000);
  await timeProcess([...techstore, 'plan', '--quiet'], { cwd: dir });
  const seconds = await inTurns(3, {
    'techstore plan': () => timeProcess([...techstore, 'plan', '--quiet'], { cwd: dir }),
    // Without a parse of before, as on a machine that builds a commit.
    'dbt parse': () =>
      hasDbt
        ? timeProcess([dbt, 'parse', '--no-partial-parse'], { cwd: dir, env })
        : Promise.resolve(NaN),
  });
  const goal = 'goal: at least 10, and at most 3 s for plan';
  report('A plan of 1,000 models', seconds, 'dbt parse', 'techstore plan', goal);
  if (!hasDbt) console.log('  dbt is not installed: `npm run test:dbt` makes its environment');
} finally {
  rmSync(dir, { recursive: true, force: true });
}
