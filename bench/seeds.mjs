/** The whole pipeline from the seeds: `techstore build` beside `dbt build` with a warm partial parse. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inTurns, report, root, techstore, timeProcess } from './measure.mjs';
import { projectCopy } from '../scripts/lib/project-copy.mjs';

const dbt = join(root, '.cache', 'dbt-venv', 'bin', 'dbt');
if (!existsSync(dbt)) {
  console.error(
    'dbt is not installed yet: run `npm run test:dbt` once, which makes its environment',
  );
  process.exit(2);
}
const [ours, theirs] = [projectCopy('bench'), projectCopy('bench')];
const env = { ...process.env, DBT_PROFILES_DIR: theirs, DBT_SEND_ANONYMOUS_USAGE_STATS: 'false' };
try {
  await timeProcess([dbt, 'seed'], { cwd: theirs, env });
  await timeProcess([dbt, 'build', '--exclude', 'resource_type:seed'], { cwd: theirs, env });
  const seconds = await inTurns(3, {
    // Both do the same work each time: ours is told not to carry anything over.
    'techstore build': () => timeProcess([...techstore, 'build', '--full-refresh'], { cwd: ours }),
    'dbt build': () =>
      timeProcess([dbt, 'build', '--exclude', 'resource_type:seed'], { cwd: theirs, env }),
  });
  report(
    'The pipeline from the seeds',
    seconds,
    'dbt build',
    'techstore build',
    'goal: at least 10',
  );
} finally {
  rmSync(ours, { recursive: true, force: true });
  rmSync(theirs, { recursive: true, force: true });
}
