#!/usr/bin/env node
import module from 'node:module';

// Packages alone would not refuse: npm only warns of a version that is too old.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 12)) {
  console.error(`techstore needs Node 20.12 or later, and this is Node ${process.versions.node}.`);
  process.exit(2);
}

// Each statement that runs holds a thread of this pool, and Node's default lets only four run at once.
// It must be set before the first use of the pool.
process.env.UV_THREADPOOL_SIZE ??= '20';

// Node 22 and later keep compiled code between runs; Node 20 has no such thing.
module.enableCompileCache?.();
try {
  const { main } = await import('../dist/cli/main.js');
  await main(process.argv.slice(2));
} catch (error) {
  if (error?.code !== 'EMFILE' && error?.code !== 'ENFILE') throw error;
  // Whatever else would tell it has to be loaded, for which a file has to be opened.
  console.error('Error: techstore may not open more files: the limit of open files is too low.');
  console.error('What to do: Raise the limit: ulimit -n 1024');
  process.exitCode = 2;
}
