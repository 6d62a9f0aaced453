/** A second build of a made project of 1,000 models after one of them changed, beside a build of all of them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeProject } from './make-project.mjs';
import { inTurns, report, techstore, timeProcess } from './measure.mjs';

const dir = mkdtempSync(join(tmpdir(), 'techstore-bench-'));
const model = join(dir, 'models', 'layer_19', 'm999.sql');
try {
  makeProject(dir, 1000);
  await timeProcess([...techstore, 'build', '--quiet'], { cwd: dir });
  const sql = readFileSync(model, 'utf8');
  const seconds = await inTurns(5, {
    'one of 1,000 models changed': (round) => {
      writeFileSync(model, sql.replace('where a.c0 >= 0', `where a.c0 >= -${round + 1}`));
      return timeProcess([...techstore, 'build', '--quiet'], { cwd: dir });
    },
    'all of them': () =>
      timeProcess([...techstore, 'build', '--full-refresh', '--quiet'], { cwd: dir }),
  });
  report(
    'A build after one of 1,000 models changed',
    seconds,
    'one of 1,000 models changed',
    'all of them',
    'goal: at most 1 s',
  );
} finally {
  rmSync(dir, { recursive: true, force: true });
}
