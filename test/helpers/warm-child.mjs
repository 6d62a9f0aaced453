/** The process of warm-program.ts: reads a request a line, answers with a line. */
import { createReadStream, openSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';

process.env.UV_THREADPOOL_SIZE ??= '20';
const { main } = await import('../../dist/cli/main.js');

const [, , requests, answers] = process.argv;
new Socket({ fd: 3 }).on('close', () => process.exit()).resume();
const answersFile = openSync(answers, 'w');

for await (const line of createInterface({ input: createReadStream(requests) })) {
  writeSync(answersFile, `${JSON.stringify(await answer(JSON.parse(line)))}\n`);
}
process.exit();

async function answer({ args, cwd, env }) {
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env, { UV_THREADPOOL_SIZE: '20' });
  process.exitCode = 0;
  const stdout = capture(process.stdout);
  const stderr = capture(process.stderr);
  try {
    await main(args);
  } finally {
    stdout.restore();
    stderr.restore();
  }
  return { code: Number(process.exitCode ?? 0), stdout: stdout.text(), stderr: stderr.text() };
}

function capture(stream) {
  const parts = [];
  const { write } = stream;
  stream.write = (chunk, encoding, done) => {
    parts.push(typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk));
    const finished = typeof encoding === 'function' ? encoding : done;
    if (finished !== undefined) process.nextTick(finished);
    return true;
  };
  return {
    restore: () => {
      stream.write = write;
      // main() listens anew in each run.
      stream.removeAllListeners('error');
    },
    text: () => Buffer.concat(parts).toString('utf8'),
  };
}
