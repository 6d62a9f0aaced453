/** Which tables of other programs SQL names, by the names themselves and not by `source`. */
import { placeKey, type RelationPlace } from '../../manifest/relation-place.js';

export interface NamedTables {
  /** Keys (`placeKey`) of the tables whose names are in the text. Some may be named in passing. */
  in(text: string): readonly string[];
}

/** A table outside of the schema `main` is named with its schema. */
export function namedTables(tables: readonly RelationPlace[]): NamedTables {
  const patterns = tables.map((table) => {
    const name = word(table.identifier);
    const isMain = table.schema.toLowerCase() === 'main';
    const text = isMain ? name : `${word(table.schema)}\\s*\\.\\s*${name}`;
    return { key: placeKey(table), pattern: new RegExp(text, 'iu') };
  });
  return {
    in: (text) => patterns.filter(({ pattern }) => pattern.test(text)).map(({ key }) => key),
  };
}

function word(name: string): string {
  const escaped = name.replaceAll('"', '""').replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  return `(?<![\\p{L}\\p{N}_$])"?${escaped}"?(?![\\p{L}\\p{N}_$])`;
}
