/** Tells other machines that a build's process is alive: they can't look at it. */
import type { Connection } from '../../engine/engine.js';
import type { BuildsTable } from './builds-table.js';

const EVERY_MS = 120_000;

export class Heartbeat {
  private readonly timer: NodeJS.Timeout;
  private last: Promise<unknown> = Promise.resolve();

  /** @param open a connection of its own for each sign, and the table by it */
  constructor(id: string, open: () => Promise<{ connection: Connection; table: BuildsTable }>) {
    const beat = async (): Promise<void> => {
      const { connection, table } = await open();
      try {
        await table.see(id);
      } finally {
        await connection.release();
      }
    };
    this.timer = setInterval(() => {
      // One that is lost does no harm: five may be.
      this.last = beat().catch(() => undefined);
    }, EVERY_MS);
    this.timer.unref();
  }

  /** Before the row is written to again: two writers would meet. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.last;
  }
}
