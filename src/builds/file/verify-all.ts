import { statSync } from 'node:fs';
import { DatabaseError, DatabaseLockedError } from '../../engine/database-error.js';
import { isSameFile, readBuilds, readDamaged, type FileBuild } from './builds.js';
import { findAmong } from './find-among.js';
import type { Layout } from './layout.js';
import { hasLog } from '../../engine/duckdb/logs.js';
import type { Verified, VerifiedFile } from '../verified-file.js';
import { verifyBuild, verifyFile } from './verify-build.js';

/**
 * Reads the files of builds from end to end, and has DuckDB open them. Takes no lock, changes nothing.
 *
 * @param name as in `findBuild`. Default: all builds, including damaged ones, and the published file
 * @param onFile called before a file is read, which takes about a second per gigabyte
 * @throws TechstoreError `publish` if there is no such build
 */
export async function verifyAll(
  layout: Layout,
  name: string | undefined,
  onFile: (path: string) => void = () => undefined,
): Promise<readonly VerifiedFile[]> {
  const found: VerifiedFile[] = [];
  const add = async (file: Omit<VerifiedFile, keyof Verified>, check: () => Verified) => {
    onFile(file.path);
    found.push({ ...file, ...(await opened(file.path, check())) });
  };
  const builds = name === undefined ? readBuilds(layout) : [findAmong(layout, name)];
  const published = statSync(layout.published, { bigint: true, throwIfNoEntry: false });
  for (const build of builds) {
    await add({ id: build.id, file: 'kept', path: build.path }, () => verifyBuild(build));
    if (build.published && published !== undefined) await publishedFile(build, published);
  }
  if (name !== undefined) return found;
  if (published !== undefined && !builds.some((build) => build.published)) {
    await add({ id: null, file: 'published', path: layout.published }, () =>
      verifyFile(layout.published, null, false),
    );
  }
  for (const { id, damage } of readDamaged(layout)) {
    found.push({ id, file: 'kept', path: layout.builds, state: 'damaged', problem: damage });
  }
  return found;

  async function publishedFile(
    build: FileBuild,
    file: { dev: bigint; ino: bigint },
  ): Promise<void> {
    const isLogged = hasLog(layout.published, layout.asGiven);
    const isOwn = !isSameFile(file, statSync(build.path, { bigint: true }));
    if (!isOwn && !isLogged) return;
    const { copy, content = null } = build.record;
    await add({ id: build.id, file: 'published', path: layout.published }, () =>
      verifyFile(layout.published, copy?.content ?? content, isLogged),
    );
  }
}

/** What DuckDB says of a file whose bytes are right. One with a log is left alone: opening it reads the log. */
async function opened(path: string, checked: Verified): Promise<Verified> {
  if (checked.state === 'damaged' || hasLog(path)) return checked;
  const { openDuckDB } = await import('../../engine/duckdb/index.js');
  try {
    const engine = await openDuckDB({ path, readOnly: true, catalog: 'techstore_verify' });
    try {
      const connection = await engine.connect();
      await connection.query('SELECT count(*) FROM duckdb_columns()');
      return checked;
    } finally {
      await engine.close();
    }
  } catch (error) {
    if (error instanceof DatabaseLockedError) return { state: 'unknown', problem: error.message };
    if (!(error instanceof DatabaseError)) throw error;
    return { state: 'damaged', problem: `DuckDB cannot open it: ${error.message}` };
  }
}
