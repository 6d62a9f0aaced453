import { TechstoreError, formatPlace } from '../errors.js';
export function writeError(error: unknown, o: {debug: boolean}): void {
  const e = error as TechstoreError;
  process.stderr.write(`Error: ${e.place ? formatPlace(e.place)+': ' : ''}${e.message}\n${e.excerpt ?? ''}\n${e.hint ?? ''}\n${o.debug || !(error instanceof TechstoreError) ? (e.stack ?? '') : ''}\n`);
}
