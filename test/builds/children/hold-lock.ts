// hold-lock.js PATH: begins a build and stays in it until stdin ends, then abandons it.
import { fill } from './work.js';
import { FileBuilds } from '../../../src/builds/file/file-builds.js';

const store = new FileBuilds({ path: process.argv[2] ?? '' });
const candidate = await store.openCandidate({ command: 'techstore build --threads 2' });
await fill(candidate.engine, 1, 10);
process.stdin.on('end', () => void store.abandon(candidate)).resume();
console.log(`locked ${candidate.id}`);
