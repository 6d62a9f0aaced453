/** Runs the program under a real pseudo-terminal; what goes to stderr, as signs of life, is left out. */
import { spawn } from '@lydell/node-pty';
import { bareEnvironment, program, type Shop } from '../helpers/shop.js';

export interface OnTerminal {
  readonly code: number;
  /** What came, line ends as they are in a file. */
  readonly raw: string;
  /** The same without colours. */
  readonly screen: string;
}

// eslint-disable-next-line no-control-regex -- the escape sequences that set colours
const colour = /\u001b\[[\d;]*m/g;

export function onTerminal(
  shop: Shop,
  columns: number,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<OnTerminal> {
  return new Promise((resolve) => {
    const silent = ['-c', 'exec "$0" "$@" 2>/dev/null', process.execPath, program, ...args];
    const terminal = spawn('/bin/sh', silent, {
      cols: columns,
      rows: 50,
      cwd: shop.dir,
      env: { ...bareEnvironment(env), TERM: 'xterm-256color', ...env },
    });
    let raw = '';
    terminal.onData((data) => (raw += data));
    terminal.onExit(({ exitCode }) => {
      raw = raw.replaceAll('\r\n', '\n');
      resolve({ code: exitCode, raw, screen: raw.replace(colour, '') });
    });
  });
}
