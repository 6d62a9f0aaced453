/** A drawing that follows its place, the theme and the printer. */
import { useLayoutEffect, useRef } from 'preact/hooks';
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
  const drawn = useRef<Drawn | null>(null);
  useLayoutEffect(() => {
    const chart = new Drawn(host.current as HTMLElement);
    drawn.current = chart;
    return () => chart.end();
  }, []);
  useLayoutEffect(() => drawn.current?.show(draw), [draw]);
  return <div class="chart" role="img" aria-label={label} ref={host} />;
}

/** The drawing in one place, drawn again whenever something changes. */
class Drawn {
  private readonly host: HTMLElement;
  private readonly dark = matchMedia('(prefers-color-scheme: dark)');
  private readonly size: ResizeObserver;
  private draw: ChartProps['draw'] | null = null;
  private chart: uPlot | null = null;
  private place = '';

  constructor(host: HTMLElement) {
    this.host = host;
    this.size = new ResizeObserver(() => {
      if (this.place !== this.placeNow() && !isOnPaper()) this.onScreen();
    });
    this.size.observe(host);
    this.dark.addEventListener('change', this.onScreen);
    addEventListener('themechange', this.onScreen);
    addEventListener('beforeprint', this.onPaper);
    addEventListener('afterprint', this.offPaper);
  }

  show(draw: ChartProps['draw']): void {
    this.draw = draw;
    this.onScreen();
  }

  end(): void {
    this.size.disconnect();
    this.dark.removeEventListener('change', this.onScreen);
    removeEventListener('themechange', this.onScreen);
    removeEventListener('beforeprint', this.onPaper);
    removeEventListener('afterprint', this.offPaper);
    this.chart?.destroy();
  }

  private readonly onScreen = (): void => {
    this.place = this.placeNow();
    this.redraw(this.host.clientWidth, this.host.clientHeight);
  };

  private readonly onPaper = (): void => {
    // The browser styles for paper only later, and then nothing is drawn any more.
    document.documentElement.dataset['paper'] = '';
    this.redraw(PAPER_WIDTH, PAPER_HEIGHT);
  };

  private readonly offPaper = (): void => {
    delete document.documentElement.dataset['paper'];
    this.onScreen();
  };

  private placeNow(): string {
    return `${this.host.clientWidth} x ${this.host.clientHeight}`;
  }

  private redraw(width: number, height: number): void {
    if (this.draw === null || width <= 0 || height <= 0) return;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const { options, data } = this.draw({ colors: readColors(this.host), rem });
    const before = this.chart;
    this.chart = new uPlot({ ...options, width, height }, data, this.host);
    // Not before the new one is there: the place is never empty.
    before?.destroy();
  }
}

function isOnPaper(): boolean {
  return 'paper' in document.documentElement.dataset;
}
