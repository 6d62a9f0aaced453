/** Revenue by month, with the growth above each bar where there is room for it. */
import type uPlot from 'uplot';
import type { Month } from '../api/types.js';
import type { Formats } from '../model/format.js';
import { axesOf, scalesOf, type Look } from './axes.js';
import { bars, type Drawing } from './day-chart.js';
import { tooltip } from './tooltip.js';

/** @param months oldest first */
export function monthChart(months: readonly Month[], formats: Formats, look: Look): Drawing {
  const { colors } = look;
  const revenueWhere = (isComplete: boolean) =>
    months.map((month) => (month.is_complete_month === isComplete ? month.monthly_revenue : null));
  const linesOf = (i: number): readonly string[] => {
    const month = months[i];
    if (month === undefined) return [];
    const growth = month.mom_revenue_growth_percent;
    return [
      `${formats.month(month.sale_date)}${month.is_complete_month ? '' : ' so far'}`,
      `Revenue ${formats.money(month.monthly_revenue)}`,
      ...(growth === null ? [] : [`${formats.change(growth)} over the previous month`]),
      `Orders ${formats.count(month.monthly_orders)}`,
    ];
  };
  return {
    data: [months.map((_month, i) => i), revenueWhere(true), revenueWhere(false)],
    options: {
      legend: { show: false },
      padding: [look.rem * 0.5, look.rem * 0.5, null, null],
      cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
      scales: scalesOf(months.length),
      axes: axesOf(
        look,
        (i) => (months[i] === undefined ? '' : formats.shortMonth(months[i].sale_date)),
        (value) => formats.compact(value),
      ),
      series: [
        {},
        { fill: colors.accent, width: 0, points: { show: false }, paths: bars(look) },
        {
          fill: colors['accent-soft'],
          stroke: colors.accent,
          width: 1.5,
          dash: [4, 3],
          points: { show: false },
          paths: bars(look),
        },
      ],
      plugins: [tooltip(linesOf)],
      hooks: { draw: [(chart) => writeGrowth(chart, months, formats, look)] },
    },
  };
}

function writeGrowth(
  chart: uPlot,
  months: readonly Month[],
  formats: Formats,
  { colors, rem }: Look,
): void {
  const { ctx } = chart;
  const density = chart.bbox.width / chart.over.clientWidth;
  const size = rem * 0.69 * density;
  const room = chart.bbox.width / months.length;
  ctx.save();
  ctx.font = `600 ${size}px system-ui, sans-serif`;
  ctx.fillStyle = colors.text;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'bottom';
  // A month that is not over would seem to have shrunk; its growth so far is in the table.
  const growths = months.map((month) =>
    month.is_complete_month ? month.mom_revenue_growth_percent : null,
  );
  const fits = (texts: readonly string[]): boolean =>
    texts.every((text) => ctx.measureText(text).width < room);
  // All of them or none: a few would look like a choice.
  const texts = [
    growths.map((growth) => (growth === null ? '' : formats.change(growth))),
    growths.map((growth) => (growth === null ? '' : formats.roughChange(growth))),
  ].find(fits);
  months.forEach((month, i) => {
    const x = chart.valToPos(i, 'x', true);
    const y = chart.valToPos(month.monthly_revenue, 'y', true);
    ctx.fillText(texts?.[i] ?? '', x, y - size * 0.4);
  });
  ctx.restore();
}
