/** The list of running nodes that is drawn anew on a terminal. In a file of its own: what draws takes time to load. */
import { createLogUpdate } from 'log-update';
import { painter } from '../format/painter.js';
import { shorten } from '../format/shorten.js';
import { wrapText } from '../format/wrap.js';
import { visible, visibleLine } from '../format/visible.js';
import { isTold, resultLine, type Progress } from './progress.js';
import { stopSpinner } from './spinner.js';
import type { Terminal } from './terminal.js';

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
    const fit = (text: string): string => shorten(text, width);
    const rows = Math.max(1, (stream.rows ?? 24) - 3);
    const now = Date.now();
    const lines = [...running.values()]
      .slice(0, rows)
      .map(({ name, since }) => fit(`  ${name}  ${((now - since) / 1000).toFixed(1)} s`));
    return [fit(`${done} of ${total} done`), ...lines].join('\n');
  };
  const above = (text: string): void => {
    draw.clear();
    stream.write(`${wrapText(text, stream.columns).join('\n')}\n`);
  };
  return {
    started: (count) => {
      total = count;
      stopSpinner();
      timer = setInterval(() => draw(frame()), drawEvery);
    },
    nodeStarted: (node) =>
      void running.set(node.uniqueId, { name: visibleLine(node.name), since: Date.now() }),
    nodeFinished: (node, result) => {
      running.delete(node.uniqueId);
      done += 1;
      if (isTold(result))
        above(
          resultLine(
            node,
            result,
            `${String(done).padStart(String(total).length)}/${total}`,
            paint,
          ),
        );
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
