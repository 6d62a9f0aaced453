/** What is published, opened for reading; null before the first build. */
import type { BuildStore, OpenBuild } from '../../builds/index.js';
import { TechstoreError } from '../../errors.js';

export async function publishedOrNone(store: BuildStore): Promise<OpenBuild | null> {
  try {
    return await store.open();
  } catch (error) {
    if (error instanceof TechstoreError && error.code === 'publish') return null;
    throw error;
  }
}
