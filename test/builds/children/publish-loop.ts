// publish-loop.js PATH FIRST COUNT ROWS: publishes the figures FIRST, FIRST + 1, …; prints "published FIGURE" after each.
import { details, fill } from './work.js';
import { FileBuilds } from '../../../src/builds/file/file-builds.js';

const [path = '', first = '1', count = '1', rows = '1'] = process.argv.slice(2);
const store = new FileBuilds({ path, keep: 3 });
console.log('ready');
for (let figure = Number(first); figure < Number(first) + Number(count); figure++) {
  const candidate = await store.openCandidate({ command: 'techstore build' });
  await fill(candidate.engine, figure, Number(rows));
  await store.publish(candidate, { ...details, lineage: { nodes: [figure] } });
  console.log(`published ${figure}`);
}
