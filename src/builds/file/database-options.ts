/** How the database of a target is opened, for builds and for readers. */
import type { DuckDBOptions } from '../../engine/duckdb/index.js';
import type { DuckdbTarget } from '../../project/index.js';

export type DatabaseOptions = Pick<
  DuckDBOptions,
  'settings' | 'extensions' | 'searchPath' | 'attachments' | 'secrets'
>;

/** For a build. */
export function buildOptions(target: DuckdbTarget): DatabaseOptions {
  const { settings, extensions, secrets = [] } = target;
  return {
    ...readOptions(target, false),
    settings,
    extensions,
    secrets: secrets.map((s) => s.reveal()),
  };
}

/** For readers of builds: what their views name is there, and nothing of it can be changed. */
export function readOptions({ attach = [], root }: DuckdbTarget, readOnly = true): DatabaseOptions {
  return {
    ...(root === undefined ? {} : { searchPath: root }),
    ...(attach.length === 0
      ? {}
      : {
          attachments: attach
            .filter(({ path }) => !readOnly || path !== ':memory:')
            .map((file) => ({ ...file, readOnly: readOnly || file.readOnly })),
        }),
  };
}
