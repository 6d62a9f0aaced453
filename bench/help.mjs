/** How long `techstore --help` takes beside an empty Node program. */
import { inTurns, report, techstore, timeProcess } from './measure.mjs';

const seconds = await inTurns(15, {
  'node -e 0': () => timeProcess([process.execPath, '-e', '0']),
  'techstore --help': () => timeProcess([...techstore, '--help']),
});
report('Start-up', seconds, 'techstore --help', 'node -e 0', 'goal: at most 1.5 and 60 ms');
const limit = seconds['node -e 0'] * 1.5 + 0.06;
console.log(`  limit ${limit.toFixed(3)} s, used ${seconds['techstore --help'].toFixed(3)} s`);
