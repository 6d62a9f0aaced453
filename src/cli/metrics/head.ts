/** The head of an answer on a terminal: what it is, of which build, as of when, from where. */
import stringWidth from 'string-width';
import type { Painter } from '../../format/painter.js';
import { shorten } from '../../format/shorten.js';
import { visibleLine } from '../../format/visible.js';
import type { Profile } from '../../project/index.js';

/** Where an answer comes from; asked only where it is told. */
export interface AnswerOrigin {
  readonly profile: Profile;
  readonly buildId: () => Promise<string | null>;
  readonly asOf: () => Promise<string | null>;
}

/** One line where it fits, else two. */
export async function headOf(
  title: string,
  { profile, buildId, asOf }: AnswerOrigin,
  paint: Painter,
  width: number,
): Promise<string> {
  const [id, date] = [await buildId(), await asOf()];
  const facts = [
    id === null ? 'not built by techstore' : `build ${id}`,
    ...(date === null ? [] : [`as of ${date}`]),
    `target ${visibleLine(profile.targetName)}`,
  ];
  const origin = facts.join(' · ');
  const shown = shorten(visibleLine(title), width);
  const gap = width - stringWidth(shown) - stringWidth(origin);
  if (gap >= 2) return `${paint.bold(shown)}${' '.repeat(gap)}${paint.dim(origin)}`;
  if (stringWidth(origin) <= width) return `${paint.bold(shown)}\n${paint.dim(origin)}`;
  return [paint.bold(shown), ...facts.map((fact) => paint.dim(shorten(fact, width)))].join('\n');
}
