/** Measuring whole processes side by side: interleaved runs, medians, ratios. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const techstore = [process.execPath, `${root}bin/techstore.js`];

/** Runs a command to its end. @returns seconds of wall time; rejects when it fails. */
export function timeProcess([command, ...args], options = {}) {
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      if (code === 0) resolve(seconds);
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}`));
    });
  });
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/**
 * Runs each contender in turns, so that a busy moment of the machine meets all of
 * them. @returns the median seconds by name.
 */
export async function inTurns(rounds, contenders) {
  const seconds = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(contenders)) seconds[name].push(await run(round));
  }
  return Object.fromEntries(Object.entries(seconds).map(([name, all]) => [name, median(all)]));
}

export function report(title, seconds, numerator, denominator, goal) {
  console.log(`\n${title}`);
  for (const [name, value] of Object.entries(seconds)) {
    console.log(`  ${name.padEnd(44)} ${value.toFixed(3)} s`);
  }
  const ratio = seconds[numerator] / seconds[denominator];
  console.log(`  ratio ${numerator} / ${denominator}: ${ratio.toFixed(2)} (${goal})`);
}
