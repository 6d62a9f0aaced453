/** `--warn-error`: what dbt would warn of is an error. */
import { formatPlace, TechstoreError, type Place } from '../errors.js';
import type { Environment, Project } from '../project/index.js';

interface Told {
  readonly message: string;
  readonly place?: Place | undefined;
  readonly hint?: string | undefined;
}

const yes: readonly unknown[] = [true, '1', 'true', 'True', 'TRUE', 'yes'];

/** Whether the environment asks for it, or else the project: `flags: {warn_error: true}`. */
export function asksForWarnError(project: Project, env: Environment): boolean {
  return yes.includes(env['DBT_WARN_ERROR'] ?? project.flags['warn_error']);
}

/** For what is warned of while something is rendered. */
export function refuse(text: string): never {
  throw new TechstoreError('compilation', text, {
    hint: '--warn-error turns warnings into errors.',
  });
}

/** @throws TechstoreError `project` with all of them, where there is one */
export function refuseWarnings(warnings: readonly Told[]): void {
  const [first] = warnings;
  if (first === undefined) return;
  const lines = warnings.map(({ message, place, hint }) =>
    [place === undefined ? message : `${formatPlace(place)}: ${message}`, hint]
      .filter((part) => part !== undefined)
      .join('. '),
  );
  const many = lines.map((line) => `\n  ${line}`).join('');
  throw new TechstoreError(
    'project',
    warnings.length === 1
      ? first.message
      : `${warnings.length} warnings are errors because of --warn-error:${many}`,
    {
      ...(first.place === undefined ? {} : { place: first.place }),
      hint:
        warnings.length === 1 && first.hint !== undefined
          ? `${first.hint} --warn-error turns warnings into errors.`
          : 'Without --warn-error, they stay warnings.',
    },
  );
}
