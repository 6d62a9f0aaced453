/** Writes to a stream no faster than its reader reads. */

/** What was to be written could not be: the disk is full, or the reader has gone. */
export class OutputFailure extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
    this.name = 'OutputFailure';
  }
}

/**
 * A function that writes a text and comes back when the stream has taken it.
 * It rejects with `OutputFailure` at the first text that can't be written, so that
 * nobody works on for a reader that gets nothing.
 */
export function writeTo(stream: NodeJS.WritableStream): (text: string) => Promise<void> {
  return (text) => {
    if (text === '') return Promise.resolve();
    return new Promise<void>((resolve, reject) => {
      const fail = (error: Error): void => reject(new OutputFailure(error));
      // A stream that is closed while it is full may never call back.
      const closed = (): void => fail(new Error('the stream was closed'));
      stream.once('close', closed);
      // The event comes behind the callback: without a listener it would end the program.
      stream.once('error', fail);
      stream.write(text, (error) => {
        stream.off('close', closed);
        if (error) return fail(error);
        stream.off('error', fail);
        resolve();
      });
    });
  };
}
