/** Where `log()` and warnings of templates go. */
export interface Logger {
  info(text: string): void;
  warn(text: string): void;
  debug(text: string): void;
}

export const silentLogger: Logger = {
  info: () => undefined,
  warn: () => undefined,
  debug: () => undefined,
};
