/** How a run goes: a list that is drawn anew on a terminal, plain lines elsewhere. Always on stderr. */
import { createLogUpdate } from 'log-update';
import type { GraphNode } from '../manifest/nodes.js';
import type { NodeResult } from '../manifest/results.js';
import { painter, type Painter } from '../format/painter.js';
import { visible, visibleLine } from '../format/visible.js';
import type { RunListener } from '../run/listener.js';
import type { Terminal } from './terminal.js';

export interface Progress extends RunListener {
  /** Removes what is drawn. */
  end(): void;
}

export function quietProgress(): Progress {
  const nothing = (): void => undefined;
  return {
    started: nothing,
    nodeStarted: nothing,
    nodeFinished: nothing,
    note: nothing,
    warn: nothing,
    end: nothing,
  };
}

/** `12/339 ok     model silver_orders  3,000 rows  0.14 s` */
function line(node: GraphNode, result: NodeResult, count: string, paint: Painter): string {
  const state = {
    success: paint.green('ok    '),
    pass: paint.green('pass  '),
    warn: paint.yellow('warn  '),
    fail: paint.red('FAIL  '),
    error: paint.red('ERROR '),
    skipped: paint.yellow('skip  '),
    'no-op': 'ok    ',
  }[result.status];
  const rows = result.failures ?? result.rows;
  const what =
    rows === null || result.status === 'pass' ? '' : `  ${rows.toLocaleString('en-US')} rows`;
  const time = result.status === 'skipped' ? '' : `  ${result.executionTime.toFixed(2)} s`;
  const why =
    result.status === 'error' ? `  ${visibleLine(result.message?.split('\n')[0] ?? '')}` : '';
  return `${count} ${state} ${node.resourceType.padEnd(5)} ${visibleLine(node.name)}${paint.dim(what + time)}${why}`;
}

/** Of hundreds of tests only those are told that did not pass: the summary counts the rest. */
function isTold(result: NodeResult): boolean {
  return result.status !== 'pass';
}

export function plainProgress(stream: NodeJS.WritableStream, terminal: Terminal): Progress {
  const paint = painter(terminal.color);
  let total = 0;
  let done = 0;
  const say = (text: string): void => void stream.write(`${text}\n`);
  return {
    started: (count) => (total = count),
    nodeStarted: () => undefined,
    nodeFinished: (node, result) => {
      done += 1;
      if (isTold(result))
        say(line(node, result, `${String(done).padStart(String(total).length)}/${total}`, paint));
    },
    note: (text) => say(visible(text)),
    warn: (text) => say(`${paint.yellow('Warning:')} ${visible(text)}`),
    end: () => undefined,
  };
}

const drawEvery = 100;

export function liveProgress(stream: NodeJS.WriteStream, terminal: Terminal): Progress {
  const paint = painter(terminal.color);
  const draw = createLogUpdate(stream, { showCursor: true });
  const running = new Map<string, { name: string; since: number }>();
  let total = 0;
  let done = 0;
  let timer: NodeJS.Timeout | null = null;

  const frame = (): string => {
    const width = Math.max(20, (stream.columns ?? 80) - 1);
    const fit = (text: string): string =>
      text.length > width ? `${text.slice(0, width - 1)}…` : text;
    const rows = Math.max(1, (stream.rows ?? 24) - 3);
    const now = Date.now();
    const lines = [...running.values()]
      .slice(0, rows)
      .map(({ name, since }) => fit(`  ${name}  ${((now - since) / 1000).toFixed(1)} s`));
    return [fit(`${done} of ${total} done`), ...lines].join('\n');
  };
  const above = (text: string): void => {
    draw.clear();
    stream.write(`${text}\n`);
  };
  return {
    started: (count) => {
      total = count;
      timer = setInterval(() => draw(frame()), drawEvery);
    },
    nodeStarted: (node) =>
      void running.set(node.uniqueId, { name: visibleLine(node.name), since: Date.now() }),
    nodeFinished: (node, result) => {
      running.delete(node.uniqueId);
      done += 1;
      if (isTold(result))
        above(line(node, result, `${String(done).padStart(String(total).length)}/${total}`, paint));
    },
    note: (text) => above(visible(text)),
    warn: (text) => above(`${paint.yellow('Warning:')} ${visible(text)}`),
    end: () => {
      if (timer !== null) clearInterval(timer);
      timer = null;
      draw.clear();
      draw.done();
    },
  };
}
