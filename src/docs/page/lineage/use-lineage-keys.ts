/** The keys of the picture, wherever the focus is but in a field. */
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Mover } from './use-viewport.js';

const step = 0.12;

export function useLineageKeys(
  host: RefObject<HTMLElement | null>,
  mover: Mover | null,
  onEscape: () => void,
): void {
  useEffect(() => {
    const keys: Readonly<Record<string, () => void>> = {
      Escape: onEscape,
      '+': () => mover?.zoom(1.25),
      '=': () => mover?.zoom(1.25),
      '-': () => mover?.zoom(1 / 1.25),
      '0': () => mover?.fit(),
      ArrowLeft: () => mover?.pan(-step, 0),
      ArrowRight: () => mover?.pan(step, 0),
      ArrowUp: () => mover?.pan(0, -step),
      ArrowDown: () => mover?.pan(0, step),
      '/': () => host.current?.querySelector<HTMLElement>('.lineage-search')?.focus(),
    };
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const target = event.target as Element;
      // Fields take their own keys, and what scrolls takes the arrows.
      const typing = target.closest('input, select, textarea') !== null;
      const scrolls = event.key.startsWith('Arrow') && target.closest('.lineage-panel') !== null;
      const act = keys[event.key];
      if (act === undefined || scrolls || (typing && event.key !== 'Escape')) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [mover, onEscape]);
}
