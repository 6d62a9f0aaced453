/** Plants an edit in a copy of the shop, asks `plan`, and takes it back. */
import { Shop } from '../helpers/shop.js';
import type { Planted } from './mistakes.js';

interface Place {
  readonly file: string;
  readonly line?: number;
}

/** Of an error. */
interface ToldPlace extends Place {
  /** Where the macros stand that wrote the SQL. */
  readonly macros: readonly Place[];
}

export interface Told {
  readonly code: number | null;
  /** Of all errors. */
  readonly places: readonly ToldPlace[];
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

/** Whether an error is told at a place, or as one of the macro there that wrote the SQL. */
export function pointsAt(told: ToldPlace | undefined, { file, line }: Place): boolean {
  if (told === undefined) return false;
  return [told, ...told.macros].some((place) => place.file === file && place.line === line);
}

function placesOfJson(text: string): ToldPlace[] {
  interface Check {
    readonly status: string;
    readonly place: Place;
    readonly excerpt: string | null;
  }
  const { nodes } = JSON.parse(text) as { nodes: { check?: Check }[] };
  return nodes.flatMap(({ check }) => {
    if (check?.status !== 'error') return [];
    const { file, line } = check.place;
    const written = /^written by the macro \S+ \(([^\s:]+):(\d+)/gm;
    return [
      {
        file,
        ...(line === undefined ? {} : { line }),
        macros: placesIn(check.excerpt ?? '', written),
      },
    ];
  });
}

/** What stops the reading of the project has no plan. */
function placesOfText(text: string): ToldPlace[] {
  return placesIn(text, /^ {2}in ([^\s:]+):(\d+)/gm).map((place) => ({ ...place, macros: [] }));
}

function placesIn(text: string, pattern: RegExp): Required<Place>[] {
  return [...text.matchAll(pattern)].map(([, file = '', line]) => ({ file, line: Number(line) }));
}
