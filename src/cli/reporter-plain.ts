import { formatPlace, type Place } from '../errors.js';
import type { RunResult } from '../manifest/results.js';
import type { BuildOutcome } from '../run/build.js';
import type { LoadedProject } from './load.js';
const say = (t: string): void => void process.stderr.write(`${t}\n`);
export function reporterOf(_o: object) {
  let n = 0, total = 0;
  return {
    logger: { info: say, warn: say, debug: () => undefined },
    listener: {
      started: (t: number) => { total = t; },
      nodeStarted: () => undefined,
      nodeFinished: (node: {name: string}, r: {status: string; rows: number|null; executionTime: number; message: string|null}) => { n += 1; if (r.status!=='pass') say(`${n} of ${total} ${r.status} ${node.name} ${r.rows ?? ''} ${r.executionTime.toFixed(3)} ${r.status==='success'?'':r.message}`); },
      note: say, warn: say,
    },
    warning: (w: { message: string; place?: Place }) => say(`warning: ${w.place ? formatPlace(w.place)+': ' : ''}${w.message}`),
    end: () => undefined,
    summary: (r: RunResult, o: BuildOutcome, _p: LoadedProject) => { const c: Record<string, number> = {}; for (const x of r.results) c[x.status]=(c[x.status]??0)+1; say(JSON.stringify(c)); say(JSON.stringify({ok:o.ok,pub:o.publishedId,upToDate:o.upToDate,kept:o.keptId,rejected:o.rejected,warnings:o.warnings})); },
  };
}
