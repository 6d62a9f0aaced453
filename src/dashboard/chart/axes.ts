/** Axes that both charts share. */
import type uPlot from 'uplot';
import type { readColors } from './colors.js';

export interface Look {
  readonly colors: ReturnType<typeof readColors>;
  /** CSS pixels of the root's font. */
  readonly rem: number;
}

/** @param labelOf the label of a place; places are whole numbers from 0 */
export function axesOf(
  { colors, rem }: Look,
  labelOf: (index: number) => string,
  amountOf: (value: number) => string,
): uPlot.Axis[] {
  const shared = {
    stroke: colors.muted,
    font: `${Math.round(rem * 0.75)}px system-ui, sans-serif`,
    ticks: { show: false },
  };
  return [
    {
      ...shared,
      grid: { show: false },
      size: rem * 1.9,
      gap: rem * 0.4,
      space: rem * 4.5,
      incrs: [1, 2, 3, 7, 14, 30, 61, 91],
      values: (_chart, places) =>
        places.map((place) => (Number.isInteger(place) ? labelOf(place) : '')),
    },
    {
      ...shared,
      grid: { stroke: colors.line, width: 1 },
      size: rem * 3.4,
      gap: rem * 0.4,
      space: rem * 3,
      values: (_chart, values) => values.map(amountOf),
    },
  ];
}

/** Places from half before the first to half behind the last, so that bars have room. */
export function scalesOf(count: number): uPlot.Scales {
  return {
    x: { time: false, range: [-0.6, count - 0.4] },
    y: { range: (_chart, _least, most) => [0, most > 0 ? most * 1.12 : 1] },
  };
}
