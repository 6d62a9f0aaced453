/** Revenue by day: bars while there is room for them, then an area; with its mean over a week. */
import uPlot from 'uplot';
import type { Day } from '../api/types.js';
import type { Formats } from '../model/format.js';
import { movingAverage } from '../model/moving-average.js';
import { axesOf, scalesOf, type Look } from './axes.js';
import { tooltip } from './tooltip.js';

/** Fewer days have no mean worth a line. */
export const MEAN_FROM = 30;
const WEEK = 7;
const MOST_BARS = 31;

export interface Drawing {
  readonly options: Omit<uPlot.Options, 'width' | 'height'>;
  readonly data: uPlot.AlignedData;
}

export function dayChart(days: readonly Day[], formats: Formats, look: Look): Drawing {
  const { colors } = look;
  const revenue = days.map((day) => day.daily_revenue);
  const hasMean = days.length >= MEAN_FROM;
  const mean = hasMean ? movingAverage(revenue, WEEK) : [];
  const isBars = days.length <= MOST_BARS;
  const linesOf = (i: number): readonly string[] => {
    const day = days[i];
    if (day === undefined) return [];
    const average = mean[i];
    return [
      formats.date(day.sale_date),
      `Revenue ${formats.money(day.daily_revenue)}`,
      `Orders ${formats.count(day.daily_orders)}`,
      ...(average === null || average === undefined
        ? []
        : [`7-day average ${formats.money(average)}`]),
    ];
  };
  return {
    data: [days.map((_day, i) => i), revenue, ...(hasMean ? [mean] : [])],
    options: {
      legend: { show: false },
      padding: [look.rem * 0.5, look.rem * 0.5, null, null],
      cursor: { y: false, drag: { x: false, y: false }, points: { show: !isBars } },
      scales: scalesOf(days.length),
      axes: axesOf(
        look,
        (i) => (days[i] === undefined ? '' : formats.shortDate(days[i].sale_date)),
        (value) => formats.compact(value),
      ),
      series: [
        {},
        {
          stroke: isBars ? colors.accent : colors['accent-soft'],
          fill: isBars && !hasMean ? colors.accent : colors['accent-soft'],
          width: isBars ? 0 : 1,
          points: { show: false },
          ...(isBars ? { paths: bars(look) } : {}),
        },
        ...(hasMean ? [{ stroke: colors.text, width: 2, points: { show: false } }] : []),
      ],
      plugins: [tooltip(linesOf)],
    },
  };
}

export function bars({ rem }: Look): uPlot.Series.PathBuilder {
  return uPlot.paths.bars?.({ size: [0.68, rem * 3.5], radius: 0.12 }) as uPlot.Series.PathBuilder;
}
