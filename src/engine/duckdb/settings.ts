/** Settings and extensions that a profile asks for. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { TechstoreError } from '../../errors.js';
import { dialect } from './dialect.js';

/** What DuckDB says of a value may repeat it. */
const secretName = /secret|token|password|key/i;

/**
 * @throws TechstoreError `profile` for a setting that this DuckDB does not have, a value that it
 * does not take, and one that can't be changed once the database is open
 */
export async function applySettings(
  connection: DuckDBConnection,
  settings: Readonly<Record<string, string | number | boolean>>,
): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    const literal = dialect.quoteLiteral(String(value));
    try {
      await connection.run(`SET ${dialect.quoteIdentifier(name)} = ${literal}`);
    } catch (error) {
      const said = secretName.test(name) ? '' : `: ${firstParagraph(error)}`;
      throw new TechstoreError('profile', `The setting '${name}' cannot be applied${said}`, {
        hint: "Correct it under 'settings' of the target in profiles.yml, or remove it.",
        cause: error,
      });
    }
  }
}

/** @throws TechstoreError `profile` for one that this DuckDB does not make. The statement is not shown: it holds the secret. */
export async function makeSecret(connection: DuckDBConnection, sql: string): Promise<void> {
  try {
    await connection.run(sql);
  } catch (error) {
    const type = /type\s+(\w+)/i.exec(sql)?.[1] ?? '';
    const isMissing = error instanceof Error && /extension/i.test(error.message);
    throw new TechstoreError('profile', `DuckDB cannot make the secret of type '${type}'`, {
      hint: isMissing
        ? `It belongs to an extension, which is not downloaded. Install that on this machine with DuckDB and list it under 'extensions' in profiles.yml.`
        : "Correct it under 'secrets' of the target in profiles.yml, or remove it.",
    });
  }
}

/**
 * @param key of the profile, for the hint
 * @throws TechstoreError `profile` for one that would have to be fetched
 */
export async function loadExtension(
  connection: DuckDBConnection,
  name: string,
  key = 'extensions',
): Promise<void> {
  try {
    await connection.run(`LOAD ${dialect.quoteIdentifier(name)}`);
  } catch (error) {
    throw new TechstoreError('profile', `The extension '${name}' cannot be loaded`, {
      hint: `Extensions are not downloaded. Install it on this machine with DuckDB, or remove it from '${key}' in profiles.yml. DuckDB says: ${firstParagraph(error)}`,
      cause: error,
    });
  }
}

function firstParagraph(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n\n')[0]?.replace(/\s*\n\s*/g, ' ') ?? text;
}
