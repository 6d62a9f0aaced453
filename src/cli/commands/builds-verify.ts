/** `builds verify`: whether the files of builds still hold what was built. */
import { relative } from 'node:path';
import { visible } from '../../format/visible.js';
import { ownRows, printRows } from '../print-rows.js';
import { withStore, type BuildsOptions } from './builds.js';

/** Sets exit code 1 where a file is damaged, or a kept build was changed. */
export async function verifyBuilds(
  name: string | undefined,
  options: BuildsOptions,
): Promise<void> {
  const files = await withStore(options, (store) =>
    store.verify(name, (path) => {
      if (options.quiet !== true && process.stderr.isTTY)
        process.stderr.write(`Reading ${visible(relative('.', path))}\n`);
    }),
  );
  await printRows(
    ownRows(
      [
        ['build', 'VARCHAR'],
        ['file', 'VARCHAR'],
        ['result', 'VARCHAR'],
        ['problem', 'VARCHAR'],
      ],
      files.map(({ id, file, state, problem }) => [
        id,
        file,
        state === 'unknown' ? 'not checked' : state,
        problem,
      ]),
    ),
    options,
    'No builds yet. Run: techstore build',
  );
  const bad = files.some(
    ({ state, file }) => state === 'damaged' || (state === 'changed' && file === 'kept'),
  );
  if (bad) process.exitCode = 1;
}
