/** A second build with nothing changed: whole process, beside an empty Node program. */
import { rmSync } from 'node:fs';
import { inTurns, report, techstore, timeProcess } from './measure.mjs';
import { projectCopy } from '../scripts/lib/project-copy.mjs';

const dir = projectCopy('bench');
try {
  await timeProcess([...techstore, 'build'], { cwd: dir });
  const seconds = await inTurns(11, {
    'node -e 0': () => timeProcess([process.execPath, '-e', '0']),
    'techstore build, nothing changed': () => timeProcess([...techstore, 'build'], { cwd: dir }),
  });
  report(
    'A build with nothing changed',
    seconds,
    'techstore build, nothing changed',
    'node -e 0',
    'goal: at most 0.5 s',
  );
} finally {
  rmSync(dir, { recursive: true, force: true });
}
