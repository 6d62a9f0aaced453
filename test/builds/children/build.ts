// build.js PATH FIGURE ROWS [USER ID] [BYTES]: one build of ROWS rows and a record of BYTES; prints "published ID" or "error JSON".
import { details, fill } from './work.js';
// Loaded before the rights are given up: the driver may lie where only its owner can read.
import '../../../src/engine/duckdb/index.js';
import { nodeState } from '../../helpers/node-state.js';
import { FileBuilds } from '../../../src/builds/file/file-builds.js';
import type { TechstoreError } from '../../../src/errors.js';

const [path = '', figure = '1', rows = '1', user = '', bytes = '0'] = process.argv.slice(2);
if (user !== '') {
  process.setgroups?.([]);
  process.setgid?.(Number(user));
  process.setuid?.(Number(user));
}
const store = new FileBuilds({ path });
try {
  const candidate = await store.openCandidate({ command: 'techstore build' });
  try {
    await fill(candidate.engine, Number(figure), Number(rows));
  } catch (error) {
    await store.abandon(candidate);
    throw error;
  }
  await store.publish(candidate, {
    ...details,
    nodes: { long: nodeState({ message: 'x'.repeat(Number(bytes)) }) },
  });
  console.log(`published ${candidate.id}`);
} catch (error) {
  const { code, message, hint, stack } = error as TechstoreError;
  console.log(`error ${JSON.stringify({ code, message, hint, stack })}`);
}
