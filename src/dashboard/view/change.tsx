/** A change in percent: its direction as an arrow, a colour and a word. */
import type { Delta } from '../model/delta.js';
import type { Formats } from '../model/format.js';

const words = { up: 'up', down: 'down', same: 'no change' } as const;
const arrows = { up: 'M2 9 6 3l4 6z', down: 'M2 3h8L6 9z', same: 'M2 5h8v2H2z' } as const;

export interface ChangeProps {
  readonly delta: Delta | null;
  readonly formats: Formats;
}

export function Change({ delta, formats }: ChangeProps) {
  if (delta === null) return <span class="change same">no comparison</span>;
  return (
    <span class={`change ${delta.direction}`}>
      <svg viewBox="0 0 12 12" aria-hidden="true" focusable="false">
        <path d={arrows[delta.direction]} />
      </svg>
      <span class="hidden">{words[delta.direction]} </span>
      {formats.percent(Math.abs(delta.percent))}
    </span>
  );
}
