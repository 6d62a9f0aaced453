import type { Engine } from '../engine/engine.js';

/** Ctrl-C: the first one asks to stop, a second one ends the program at once. */
export function onInterrupt(): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    signal: controller.signal,
    end: () => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}

/** Ctrl-C cancels what the engine runs, for as long as nobody calls the function that is given back. */
export function interrupting(engine: Pick<Engine, 'interruptAll'>): () => void {
  const { signal, end } = onInterrupt();
  signal.addEventListener('abort', () => engine.interruptAll());
  return end;
}
