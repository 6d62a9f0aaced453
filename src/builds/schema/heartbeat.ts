/** Tells other machines that a build's process is alive, because they cannot see the process. */
const EVERY_MS = 120_000;

export class Heartbeat {
  private readonly timer: NodeJS.Timeout;
  private last: Promise<unknown> = Promise.resolve();

  /** @param beat records a heartbeat, over a separate connection */
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
