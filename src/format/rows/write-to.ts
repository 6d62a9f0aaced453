/** Writes to a stream no faster than its reader reads. */

/** A function that writes a text and comes back when the stream takes more. */
export function writeTo(stream: NodeJS.WritableStream): (text: string) => Promise<void> {
  return async (text) => {
    if (text === '' || stream.write(text)) return;
    await new Promise<void>((resolve, reject) => {
      const end = (error?: Error): void => {
        stream.off('drain', end);
        stream.off('close', end);
        stream.off('error', end);
        if (error instanceof Error) reject(error);
        else resolve();
      };
      // A stream that was closed never drains.
      stream.once('drain', end);
      stream.once('close', end);
      stream.once('error', end);
    });
  };
}
