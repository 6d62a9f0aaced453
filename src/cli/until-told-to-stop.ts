import type { Server } from '../server/app.js';
import { stop } from '../server/listen.js';

/**
 * The first signal lets requests end, a second one does not wait. Ctrl-C ends with code 130, SIGTERM with 0.
 *
 * @param patience milliseconds that requests may still take
 */
export async function untilToldToStop(server: Server, patience: number): Promise<void> {
  const signal = await new Promise<NodeJS.Signals>((resolve) => {
    let isStopping = false;
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      process.on(name, () => {
        if (isStopping) process.exit(130);
        isStopping = true;
        resolve(name);
      });
    }
  });
  await stop(server, patience);
  if (signal === 'SIGINT') process.exitCode = 130;
}
