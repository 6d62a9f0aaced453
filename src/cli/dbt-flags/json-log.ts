/** `--log-format json`: each line that would be printed becomes an event of dbt's structured log, on stdout. */
import { randomUUID } from 'node:crypto';

type Write = (text: string, done?: (error?: Error | null) => void) => boolean;
type Level = 'info' | 'warn' | 'error';

/** From here on, to the end of the process. */
export function logAsJson(): void {
  const invocation = randomUUID();
  const out = process.stdout.write.bind(process.stdout) as Write;
  for (const stream of [process.stdout, process.stderr]) {
    let rest = '';
    let level: Level = 'info';
    const line = (text: string): string => {
      level = levelOf(text, level);
      return text === '' ? '' : `${JSON.stringify(eventOf(text, level, invocation))}\n`;
    };
    const write = (chunk: unknown, ...more: unknown[]): boolean => {
      const done = more.find((each) => typeof each === 'function') as (() => void) | undefined;
      const lines = `${rest}${String(chunk)}`.split('\n');
      rest = lines.pop() ?? '';
      return out(lines.map(line).join(''), done);
    };
    stream.write = write;
    process.once('exit', () => out(line(rest)));
  }
}

/** A line that goes on with what another began has its level. */
function levelOf(line: string, before: Level): Level {
  if (/^Error\b/.test(line)) return 'error';
  if (/^Warning\b/.test(line)) return 'warn';
  return /^\s/.test(line) ? before : 'info';
}

/** Fields of dbt's events: those that hold for a line alone. */
function eventOf(text: string, level: Level, invocation: string): object {
  return {
    data: { msg: text },
    info: {
      category: '',
      code: '',
      extra: {},
      invocation_id: invocation,
      level,
      msg: text,
      name: 'Line',
      pid: process.pid,
      thread: 'MainThread',
      ts: new Date().toISOString(),
    },
  };
}
