/** Nodes as bars, a lane for each thread. The table below it says the same in words. */
import { secondsText } from '../model/figures.js';
import { hrefOf } from '../model/route.js';
import type { SiteRun, SiteRunEntry } from '../site-data.js';
import { useShown } from './site-context.js';

const WIDTH = 1000;
const LANE = 26;
const LABEL = 84;

type Ran = SiteRunEntry & { readonly start: number; readonly end: number };

export function Timeline({ run }: { readonly run: SiteRun }) {
  const { site, go } = useShown();
  const ran = run.results.filter(
    (entry): entry is Ran => entry.start !== null && entry.end !== null && !entry.reused,
  );
  if (ran.length === 0) return <p class="side-text">No node ran.</p>;
  const total = Math.max(1, ...ran.map(({ end }) => end));
  const lanes = lanesOf(ran);
  const x = (time: number): number => LABEL + (time / total) * (WIDTH - LABEL);
  const height = lanes.length * LANE + 24;
  const open = (event: Event): void => {
    const id = (event.target as Element | null)?.getAttribute('data-id');
    const node = id == null ? null : site.node(id);
    if (node !== null) go(hrefOf(node));
  };
  return (
    <div class="scroll timeline" tabIndex={0} role="region" aria-label="Timeline of the run">
      <svg
        viewBox={`0 0 ${WIDTH} ${height}`}
        role="img"
        aria-label={`${ran.length} nodes on ${new Set(lanes.map(({ thread }) => thread)).size} threads in ${secondsText(total / 1000)}; the table below lists them.`}
        onClick={open}
      >
        {lanes.map(({ thread, entries }, lane) => (
          <g key={lane}>
            {lanes[lane - 1]?.thread === thread ? null : (
              <text x={0} y={lane * LANE + 17}>
                {thread}
              </text>
            )}
            <line x1={LABEL} x2={WIDTH} y1={(lane + 1) * LANE} y2={(lane + 1) * LANE} />
            {entries.map((entry) => (
              <rect
                key={entry.id}
                data-id={entry.id}
                class={`bar-${mood(entry.status)}`}
                x={x(entry.start)}
                y={lane * LANE + 4}
                width={Math.max(1.5, x(entry.end) - x(entry.start))}
                height={LANE - 7}
                rx={2}
              >
                <title>{`${site.node(entry.id)?.name ?? entry.id}: ${entry.status} in ${secondsText(entry.seconds)}`}</title>
              </rect>
            ))}
          </g>
        ))}
        {ticks(total).map((time) => (
          <text key={time} x={x(time)} y={height - 6} text-anchor={time === 0 ? 'start' : 'middle'}>
            {secondsText(time / 1000)}
          </text>
        ))}
      </svg>
    </div>
  );
}

interface Lane {
  readonly thread: string;
  readonly entries: Ran[];
}

/** A lane for each thread, and more where one did several things at once, as with the seeds of sources. */
function lanesOf(ran: readonly Ran[]): readonly Lane[] {
  const byThread = new Map<string, Lane[]>();
  for (const entry of [...ran].sort((a, b) => a.start - b.start)) {
    const lanes = byThread.get(entry.thread) ?? [];
    byThread.set(entry.thread, lanes);
    const free = lanes.find(({ entries }) => (entries.at(-1)?.end ?? 0) <= entry.start);
    if (free === undefined) lanes.push({ thread: entry.thread, entries: [entry] });
    else free.entries.push(entry);
  }
  return [...byThread].sort(([a], [b]) => byNumber(a, b)).flatMap(([, lanes]) => lanes);
}

function mood(status: string): string {
  if (['fail', 'error'].includes(status)) return 'bad';
  return status === 'warn' ? 'warn' : 'good';
}

function byNumber(a: string, b: string): number {
  return a.localeCompare(b, undefined, { numeric: true });
}

/** Some four round times from 0. */
function ticks(total: number): readonly number[] {
  const rough = total / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? rough;
  const times: number[] = [];
  for (let time = 0; time <= total * 0.96; time += step) times.push(time);
  return times;
}
