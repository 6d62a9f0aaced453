/** Tells other machines that a build's process is alive: they can't look at it. */
const EVERY_MS = 120_000;

export class Heartbeat {
  private readonly timer: NodeJS.Timeout;
  private last: Promise<unknown> = Promise.resolve();

  /** @param beat over a connection of its own */
  constructor(beat: () => Promise<void>) {
    this.timer = setInterval(() => {
      // One that is lost does no harm: four may be.
      this.last = this.last.then(beat).catch(() => undefined);
    }, EVERY_MS);
    this.timer.unref();
  }

  /** Ends when none is under way. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.last;
  }
}
