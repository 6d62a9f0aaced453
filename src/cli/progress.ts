/** How a run goes: a list that is drawn anew on a terminal, plain lines elsewhere. Always on stderr. */
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
export function resultLine(
  node: GraphNode,
  result: NodeResult,
  count: string,
  paint: Painter,
): string {
  const state = {
    success: paint.green('ok    '),
    pass: paint.green('pass  '),
    warn: paint.yellow('warn  '),
    fail: paint.red('FAIL  '),
    error: paint.red('ERROR '),
    skipped: paint.yellow('skip  '),
    'no-op': 'ok    ',
  }[result.status];
  // A unit test fails once, however many rows differ.
  const rows = node.resourceType === 'unit_test' ? null : (result.failures ?? result.rows);
  const what =
    rows === null || result.status === 'pass'
      ? ''
      : `  ${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'}`;
  const time = result.status === 'skipped' ? '' : `  ${result.executionTime.toFixed(2)} s`;
  const why =
    result.status === 'error' ? `  ${visibleLine(result.message?.split('\n')[0] ?? '')}` : '';
  return `${count} ${state} ${node.resourceType.padEnd(5)} ${visibleLine(node.name)}${paint.dim(what + time)}${why}`;
}

/** Of hundreds of tests only those are told that did not pass: the summary counts the rest. */
export function isTold(result: NodeResult): boolean {
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
        say(
          resultLine(
            node,
            result,
            `${String(done).padStart(String(total).length)}/${total}`,
            paint,
          ),
        );
    },
    note: (text) => say(visible(text)),
    warn: (text) => say(`${paint.yellow('Warning:')} ${visible(text)}`),
    end: () => undefined,
  };
}
