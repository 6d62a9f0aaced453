/** A tree of lines for the terminal; each branch that comes back is shown once. */
import { Chalk, type ChalkInstance } from 'chalk';
import stringWidth from 'string-width';
import { shorten } from '../../format/shorten.js';
import { visibleLine } from '../../format/visible.js';
import type { TerminalColour } from '../layers.js';

export interface TreeItem {
  readonly key: string;
  readonly name: string;
  /** Said in a lower voice behind the name, where there is room. */
  readonly note: string;
  readonly colour: TerminalColour | undefined;
}

export interface TreeOptions {
  readonly color: boolean;
  /** Columns of the terminal; undefined: as wide as need be. */
  readonly width: number | undefined;
}

/** What stands behind an item whose branch was shown before. */
export const shownAbove = '(above)';

/**
 * @param next the items below one
 */
export function treeLines(
  roots: readonly TreeItem[],
  next: (item: TreeItem) => readonly TreeItem[],
  { color, width = Infinity }: TreeOptions,
): string[] {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const shown = new Set<string>();
  const lines: string[] = [];
  const add = (item: TreeItem, lead: string, rest: string): void => {
    const below = next(item);
    const again = below.length > 0 && shown.has(item.key);
    lines.push(line(item, again, lead, width, chalk));
    if (again) return;
    shown.add(item.key);
    below.forEach((child, i) => {
      const last = i === below.length - 1;
      add(child, `${rest}${last ? '└─ ' : '├─ '}`, `${rest}${last ? '   ' : '│  '}`);
    });
  };
  for (const root of roots) add(root, '', '');
  return lines;
}

function line(
  item: TreeItem,
  again: boolean,
  lead: string,
  width: number,
  chalk: ChalkInstance,
): string {
  const paint = item.colour === undefined ? chalk : chalk[item.colour];
  // In a narrow terminal the deepest lines keep a few letters, whatever the branches take.
  const room = Math.max(width - stringWidth(lead), 8);
  const name = shorten(visibleLine(item.name), room);
  const note = [item.note, again ? shownAbove : ''].filter((part) => part !== '').join(' ');
  const left = room - stringWidth(name) - 2;
  const said = note === '' || left < 4 ? '' : `  ${chalk.dim(shorten(visibleLine(note), left))}`;
  return `${chalk.dim(lead)}${paint(name)}${said}`;
}
