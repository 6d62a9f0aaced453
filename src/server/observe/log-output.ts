/** Where the log goes: a file, a pipe or a terminal that may take no more, which must not stop the server. */
import { writeSync } from 'node:fs';

/** Bytes that wait for a reader who is slow for a moment. */
const MOST_WAITING = 1024 * 1024;

/** Milliseconds between two tries to hand on what waits. */
const TRY_EVERY = 10;

/** Milliseconds that the end waits for a slow reader. */
const LAST_PATIENCE = 1000;

interface Waiting {
  readonly bytes: Buffer;
  /** Lines that are missing when this one is lost: itself, or those that it tells of. */
  readonly lines: number;
  /** The line that tells of lost ones. */
  readonly isNote: boolean;
}

/**
 * Writes lines to a descriptor, and never throws, blocks or grows without end: lines that can't be
 * written, because the disk is full, the reader has gone or does not read, are lost and counted. When
 * the log takes lines again, the first one says how many are missing before it.
 */
export class LogOutput {
  private readonly descriptor: number;
  private readonly writeBytes: typeof writeSync;
  private readonly waiting: Waiting[] = [];
  private bytes = 0;
  /** Bytes of the first waiting line that are written already. */
  private begun = 0;
  /** Lines lost since the last one that was written. */
  private missing = 0;
  private total = 0;
  private timer: NodeJS.Timeout | null = null;

  /** @param write replaces the way to the operating system, for tests */
  constructor(descriptor: number, write: typeof writeSync = writeSync) {
    this.descriptor = descriptor;
    this.writeBytes = write;
  }

  /** Lines lost since the start. */
  get lost(): number {
    return this.total;
  }

  /** @param line with its line end */
  write(line: string): void {
    const bytes = Buffer.from(line);
    if (this.bytes + bytes.length > MOST_WAITING) {
      this.missing += 1;
      this.total += 1;
    } else {
      this.waiting.push({ bytes, lines: 1, isNote: false });
      this.bytes += bytes.length;
    }
    this.flush();
  }

  /** Gives a slow reader a last moment. */
  async end(): Promise<void> {
    const end = Date.now() + LAST_PATIENCE;
    this.flush();
    while (this.waiting.length > 0 && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, TRY_EVERY));
      this.flush();
    }
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private flush(): void {
    for (let first = this.next(); first !== undefined; first = this.next()) {
      try {
        const { bytes } = first;
        this.begun += this.writeBytes(
          this.descriptor,
          bytes,
          this.begun,
          bytes.length - this.begun,
        );
        if (this.begun === bytes.length) this.remove();
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'EAGAIN') this.tryLater();
        else this.giveUp(code);
        return;
      }
    }
  }

  private next(): Waiting | undefined {
    if (this.waiting.length > 0 && this.begun === 0 && this.missing > 0) {
      const bytes = Buffer.from(noteOf(this.missing));
      this.waiting.unshift({ bytes, lines: this.missing, isNote: true });
      this.bytes += bytes.length;
      this.missing = 0;
    }
    return this.waiting[0];
  }

  private remove(): void {
    const first = this.waiting.shift();
    this.bytes -= first?.bytes.length ?? 0;
    this.begun = 0;
  }

  /** A line that is half written is ended later, unless nobody has its beginning any more. */
  private giveUp(code: string | undefined): void {
    const kept = this.begun > 0 && code !== 'EPIPE' ? this.waiting.slice(0, 1) : [];
    for (const { lines, isNote } of this.waiting.splice(kept.length)) {
      this.missing += lines;
      // The lines that a note tells of are counted already.
      if (!isNote) this.total += lines;
    }
    this.bytes = kept[0]?.bytes.length ?? 0;
    if (kept.length === 0) this.begun = 0;
  }

  private tryLater(): void {
    if (this.timer !== null) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.flush();
    }, TRY_EVERY);
    this.timer.unref();
  }
}

function noteOf(lost: number): string {
  const msg = 'earlier log lines could not be written';
  return `${JSON.stringify({ level: 40, time: Date.now(), lost, msg })}\n`;
}
