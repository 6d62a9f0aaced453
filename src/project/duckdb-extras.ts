/** What a DuckDB target of profiles.yml adds to its file: attached databases and secrets. */
import { z } from 'zod';
import { catalogOfFile } from '../catalog-of-file.js';
import type { Issue } from './issues.js';
import type { AttachedDatabase } from './profile.js';
import { Secret } from './secret.js';
import type { YamlDocument } from './yaml-document.js';
import type { YamlPath } from './yaml-path.js';

const text = z.string();
const scalar = z.union([text, z.number(), z.boolean()]);

export const attachSchema = z.array(
  z.strictObject({
    path: text.min(1, 'is empty'),
    type: text.nullish(),
    alias: text
      .regex(/^[A-Za-z_]\w*$/, 'must be a name of letters, digits and underscores')
      .nullish(),
    read_only: z.boolean({ error: 'must be true or false' }).nullish(),
    secret: text.nullish(),
    options: z.record(text, scalar.nullable()).nullish(),
    is_ducklake: z.boolean().nullish(),
  }),
  { error: 'must be a list of databases, each with its path' },
);

export const secretsSchema = z.array(
  z.looseObject({
    type: text.regex(/^\w+$/, 'must be a name'),
    name: text.regex(/^\w+$/, 'must be a name').nullish(),
    provider: text.regex(/^\w+$/, 'must be a name').nullish(),
    persistent: z.boolean().nullish(),
  }),
  { error: 'must be a list of secrets, each with its type' },
);

type AttachYaml = z.output<typeof attachSchema>[number];

/** Databases that no file of this machine holds, and what is said of each. */
const elsewhere = /^(?:[a-z][a-z0-9+.-]+):/i;

/** Names of the databases are checked: each has its own. */
export function attachedDatabases(
  list: readonly AttachYaml[],
  own: string,
  { document, path }: { readonly document: YamlDocument; readonly path: YamlPath },
  absolute: (file: string) => string,
): { readonly attached: readonly AttachedDatabase[]; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const attached: AttachedDatabase[] = [];
  const names = new Set([own.toLowerCase()]);
  for (const [index, entry] of list.entries()) {
    const refuse = (message: string, hint: string, key?: string): void => {
      const at = [...path, 'attach', index, ...(key === undefined ? [] : [key])];
      issues.push({ message, hint, place: document.placeOf(at) });
    };
    const options = new Map(
      Object.entries(entry.options ?? {}).map(([key, value]) => [key.toLowerCase(), value]),
    );
    const type = String(entry.type ?? options.get('type') ?? 'duckdb').toLowerCase();
    const readOnly = entry.read_only === true || options.get('read_only') === true;
    options.delete('type');
    options.delete('read_only');
    const file = entry.path.replace(/^(?:sqlite|duckdb):/i, '');
    if (entry.is_ducklake === true || (file !== ':memory:' && elsewhere.test(file))) {
      refuse(
        `The database '${entry.path}' is not a file on this machine`,
        'Only files of DuckDB and SQLite can be attached. Copy it to a file, or remove it.',
        'path',
      );
      continue;
    }
    const kind = type === 'sqlite' || /^sqlite:/i.test(entry.path) ? 'sqlite' : type;
    if (kind !== 'duckdb' && kind !== 'sqlite') {
      refuse(`Databases of the type '${type}' cannot be attached`, 'Use duckdb or sqlite.', 'type');
      continue;
    }
    const [option] = entry.secret ? ['secret'] : options.keys();
    if (option !== undefined) {
      refuse(
        `The option '${option}' of an attached database is not supported`,
        'path, alias, type and read_only are.',
      );
      continue;
    }
    const alias = entry.alias ?? (file === ':memory:' ? 'memory' : catalogOfFile(file));
    if (names.has(alias.toLowerCase())) {
      refuse(`Two databases have the name '${alias}'`, "Give this one another 'alias'.");
      continue;
    }
    names.add(alias.toLowerCase());
    const isMemory = file === ':memory:';
    attached.push({ path: isMemory ? file : absolute(file), alias, type: kind, readOnly });
  }
  return { attached, issues };
}

/** As dbt-duckdb writes them. The names of those without one are dbt-duckdb's too. */
export function secretStatements(list: z.output<typeof secretsSchema>): readonly Secret[] {
  return list.map((secret, index) => {
    const { type, name, persistent, ...more } = secret;
    const parts = [`type ${type}`];
    for (const [key, value] of Object.entries(more)) {
      if (value === null || value === undefined) continue;
      if (key === 'scope' && Array.isArray(value)) {
        for (const each of value) parts.push(`scope ${literal(each)}`);
      } else parts.push(`${key.replace(/\W/g, '')} ${written(key, value)}`);
    }
    const lasting = persistent === true ? ' PERSISTENT' : '';
    return new Secret(
      `CREATE OR REPLACE${lasting} SECRET ${name ?? `_dbt_secret_${index + 1}`} (\n${parts.join(',\n')}\n)`,
    );
  });
}

function written(key: string, value: unknown): string {
  if (Array.isArray(value)) return `array [${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(([name, item]) => `${literal(name)}: ${literal(item)}`);
    return `map {${pairs.join(', ')}}`;
  }
  return key === 'provider' ? String(value) : literal(value);
}

function literal(value: unknown): string {
  return `'${String(value).replaceAll("'", "''")}'`;
}

/** What must not be shown of them. */
export function secretValues(list: z.output<typeof secretsSchema>): readonly string[] {
  return list.flatMap((secret) =>
    Object.entries(secret).flatMap(([key, value]) =>
      /secret|token|password|key|connection_string|headers/i.test(key) ? textsIn(value) : [],
    ),
  );
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn);
  return [];
}
