/** Plants an edit in a copy of the shop, asks `plan`, and takes it back. */
import { Shop } from '../helpers/shop.js';
import type { Planted } from './mistakes.js';

interface Place {
  readonly file: string;
  readonly line?: number;
}

export interface Told {
  readonly code: number | null;
  /** Of all errors. */
  readonly places: readonly Place[];
  readonly all: string;
}

export class PlantedShop {
  readonly shop = new Shop();

  plan({ edits }: Planted): Told {
    const before = edits.map(({ file }) => this.shop.read(file));
    for (const { file, text } of edits) this.shop.write(file, text);
    try {
      const { code, stdout, all } = this.shop.run('plan', '--json');
      return { code, places: stdout === '' ? placesOfText(all) : placesOfJson(stdout), all };
    } finally {
      edits.forEach(({ file }, i) => this.shop.write(file, before[i] ?? ''));
    }
  }
}

function placesOfJson(text: string): Place[] {
  const { nodes } = JSON.parse(text) as { nodes: { check?: { status: string; place: Place } }[] };
  return nodes.flatMap(({ check }) => (check?.status === 'error' ? [check.place] : []));
}

/** What stops the reading of the project has no plan. */
function placesOfText(text: string): Place[] {
  return [...text.matchAll(/^ {2}in ([^\s:]+):(\d+)/gm)].map(([, file = '', line]) => ({
    file,
    line: Number(line),
  }));
}
