/** What the streams of this process can show. */

export interface Terminal {
  readonly color: boolean;
  /** True where lines may be drawn over: a terminal, outside of CI. */
  readonly live: boolean;
  /** Columns; undefined where the stream is no terminal. */
  readonly width: number | undefined;
}

/** NO_COLOR and --no-color win over FORCE_COLOR, which wins over what the stream is. */
export function terminalOf(
  stream: NodeJS.WriteStream,
  options: { readonly color?: boolean },
  env: NodeJS.ProcessEnv = process.env,
): Terminal {
  const isTerminal = stream.isTTY === true;
  const dumb = env['TERM'] === 'dumb';
  const noColor = options.color === false || (env['NO_COLOR'] ?? '') !== '';
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0';
  return {
    color: !noColor && (forced || (isTerminal && !dumb && env['FORCE_COLOR'] !== '0')),
    live: isTerminal && !dumb && (env['CI'] ?? '') === '' && (env['NO_COLOR'] ?? '') === '',
    width: isTerminal ? stream.columns : undefined,
  };
}
