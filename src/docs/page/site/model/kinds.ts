/** Words for the kinds of nodes. */
import type { SiteNode, SiteType } from '../site-data.js';

export const kinds: Readonly<Record<SiteType, { readonly one: string; readonly many: string }>> = {
  model: { one: 'Model', many: 'Models' },
  source: { one: 'Source', many: 'Sources' },
  seed: { one: 'Seed', many: 'Seeds' },
  snapshot: { one: 'Snapshot', many: 'Snapshots' },
  exposure: { one: 'Exposure', many: 'Exposures' },
  metric: { one: 'Metric', many: 'Metrics' },
  test: { one: 'Data test', many: 'Data tests' },
  unit_test: { one: 'Unit test', many: 'Unit tests' },
  macro: { one: 'Macro', many: 'Macros' },
  analysis: { one: 'Analysis', many: 'Analyses' },
};

export const order = Object.keys(kinds) as readonly SiteType[];

export function isKind(text: string): text is SiteType {
  return Object.hasOwn(kinds, text);
}

/** Folder inside the project: `models/silver`. */
export function folderOf({ path }: Pick<SiteNode, 'path'>): string {
  const end = path.lastIndexOf('/');
  return end === -1 ? '' : path.slice(0, end);
}
