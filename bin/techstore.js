#!/usr/bin/env node
import module from 'node:module';

// Each statement that runs holds a thread of this pool, and Node's default lets only four run at once.
// It must be set before the first use of the pool.
process.env.UV_THREADPOOL_SIZE ??= '20';

// Node 22 and later keep compiled code between runs; Node 20 has no such thing.
module.enableCompileCache?.();
const { main } = await import('../dist/cli/main.js');
await main(process.argv.slice(2));
