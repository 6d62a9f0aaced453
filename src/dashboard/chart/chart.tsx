/** A drawing that follows its place, the theme and the printer. */
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import type { Look } from './axes.js';
import { readColors } from './colors.js';
import type { Drawing } from './day-chart.js';

/** CSS pixels of a column on A4 paper. */
const PAPER_WIDTH = 660;
/** Its height there. */
const PAPER_HEIGHT = 180;

export interface ChartProps {
  /** What it shows, in a sentence. */
  readonly label: string;
  readonly draw: (look: Look) => Drawing;
}

export function Chart({ label, draw }: ChartProps) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => (host.current === null ? undefined : keepDrawn(host.current, draw)), [draw]);
  return <div class="chart" role="img" aria-label={label} ref={host} />;
}

/** Draws at once and again whenever something changes; returns what ends that. */
function keepDrawn(host: HTMLElement, draw: ChartProps['draw']): () => void {
  let chart: uPlot | null = null;
  const redraw = (width: number, height: number): void => {
    if (width <= 0 || height <= 0) return;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const { options, data } = draw({ colors: readColors(host), rem });
    const before = chart;
    chart = new uPlot({ ...options, width, height }, data, host);
    before?.destroy();
  };
  const onScreen = (): void => redraw(host.clientWidth, host.clientHeight);
  const onPaper = (): void => {
    // The browser styles for paper only later, and then nothing is drawn any more.
    document.documentElement.dataset['paper'] = '';
    redraw(PAPER_WIDTH, PAPER_HEIGHT);
  };
  const offPaper = (): void => {
    delete document.documentElement.dataset['paper'];
    onScreen();
  };
  let drawn = '';
  const size = new ResizeObserver(() => {
    const now = `${host.clientWidth} x ${host.clientHeight}`;
    if (now === drawn || 'paper' in document.documentElement.dataset) return;
    drawn = now;
    onScreen();
  });
  const dark = matchMedia('(prefers-color-scheme: dark)');
  size.observe(host);
  dark.addEventListener('change', onScreen);
  addEventListener('themechange', onScreen);
  addEventListener('beforeprint', onPaper);
  addEventListener('afterprint', offPaper);
  return () => {
    size.disconnect();
    dark.removeEventListener('change', onScreen);
    removeEventListener('themechange', onScreen);
    removeEventListener('beforeprint', onPaper);
    removeEventListener('afterprint', offPaper);
    chart?.destroy();
  };
}
