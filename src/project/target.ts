/** A rendered target of profiles.yml as a connection, checked. */
import { basename, extname } from 'node:path';
import type { z } from 'zod';
import { TechstoreError } from '../errors.js';
import { throwIssues, type Issue, type ProjectWarning } from './issues.js';
import type { DatabricksTarget, DuckdbTarget } from './profile.js';
import {
  databricksOAuthSchema,
  databricksTokenSchema,
  duckdbSchema,
  ignoredProfileKeys,
  refusedProfileKeys,
} from './profile-schema.js';
import { Secret } from './secret.js';
import { lookUp } from './look-up.js';
import { validate, type Validated } from './validate.js';
import type { YamlDocument, YamlPath } from './yaml-document.js';

export interface ReadTarget {
  readonly target: DuckdbTarget | DatabricksTarget;
  readonly threads: number;
  readonly warnings: readonly ProjectWarning[];
}

const defaultThreads = 4;

/** Where `env_var` gave nothing, the variable is what the user has to set. */
function withVariables(document: YamlDocument, path: YamlPath, issue: Issue): Issue {
  const line = document.text.split('\n')[(issue.place.line ?? 1) - 1] ?? '';
  const variable = /env_var\(\s*['"]([^'"]+)['"]/.exec(line)?.[1];
  const words = path.map(String).join('.');
  return {
    ...issue,
    // What was found in the token's place is no text for a terminal.
    message: issue.message
      .replace(`${words}.`, '')
      .replace(`${words}: `, '')
      .replace(/^((?:token|client_secret) must be text), not .*/s, '$1'),
    hint:
      issue.hint ??
      (variable === undefined
        ? undefined
        : `Set ${variable} in the environment or in the project's .env file.`),
  };
}

function checked<T>(document: YamlDocument, path: YamlPath, result: Validated<T>): T {
  const refused = result.warnings.filter((warning) => warning.message.startsWith('refused:'));
  throwIssues('profile', document.file, document.text, [
    ...result.issues.map((issue) => withVariables(document, path, issue)),
    ...refused.map((warning) => ({ ...warning, message: warning.message.slice(8).trim() })),
  ]);
  return result.value as T;
}

/** The document with rendered values in the target's place, places kept. */
function rendered(document: YamlDocument, path: YamlPath, values: unknown): YamlDocument {
  const value = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), values);
  return { ...document, value };
}

function databaseOf(path: string): string {
  if (path === ':memory:') return 'memory';
  return basename(path, extname(path));
}

function refuseMotherduck(document: YamlDocument, path: YamlPath, file: string): void {
  if (!/^(?:md|motherduck|ducklake):/i.test(file)) return;
  throw new TechstoreError('unsupported', `The path '${file}' is not a file on this machine`, {
    place: document.placeOf([...path, 'path']),
    hint: 'MotherDuck and DuckLake are not supported. Set the path of a file.',
  });
}

/** @param absolute makes a path absolute: relative ones start at the project's folder. */
export function readTarget(
  source: YamlDocument,
  path: YamlPath,
  values: Record<string, unknown>,
  absolute: (file: string) => string,
): ReadTarget {
  const document = rendered(source, path, values);
  const advice = (key: string): Partial<Issue> | undefined => {
    const refused = lookUp(refusedProfileKeys, key);
    if (refused !== undefined)
      return { message: `refused: '${key}' cannot be used`, hint: refused };
    const ignored = lookUp(ignoredProfileKeys, key);
    return ignored === undefined
      ? undefined
      : { message: `'${key}' of the target has no effect`, hint: ignored };
  };
  if (values['type'] === 'databricks') {
    const oauth = values['auth_type'] === 'oauth';
    const result = oauth
      ? validate(databricksOAuthSchema, document, path, advice)
      : validate(databricksTokenSchema, document, path, advice);
    const yaml = checked<z.output<typeof databricksOAuthSchema | typeof databricksTokenSchema>>(
      document,
      path,
      result,
    );
    const target: DatabricksTarget = {
      type: 'databricks',
      host: yaml.host.replace(/^https?:\/\//, '').replace(/\/+$/, ''),
      httpPath: yaml.http_path,
      auth:
        yaml.auth_type === 'oauth'
          ? {
              kind: 'oauth',
              clientId: yaml.client_id,
              clientSecret: new Secret(yaml.client_secret),
            }
          : { kind: 'token', token: new Secret(yaml.token) },
      caFile: yaml.ca_file ? absolute(yaml.ca_file) : null,
      database: yaml.catalog,
      schema: yaml.schema,
    };
    return { target, threads: yaml.threads ?? defaultThreads, warnings: result.warnings };
  }
  const result = validate(duckdbSchema, document, path, advice);
  const yaml = checked(document, path, result);
  const file = yaml.path ?? ':memory:';
  refuseMotherduck(document, path, file);
  const database = databaseOf(file);
  if (yaml.database && yaml.database !== database) {
    throwIssues('profile', document.file, document.text, [
      {
        message: `The database '${yaml.database}' does not match the path '${file}', which names the database '${database}'`,
        place: document.placeOf([...path, 'database']),
        hint: `Remove 'database', or rename the file to ${yaml.database}.duckdb.`,
      },
    ]);
  }
  const target: DuckdbTarget = {
    type: 'duckdb',
    path: file === ':memory:' ? file : absolute(file),
    pathAsWritten: file,
    database,
    schema: yaml.schema || 'main',
    extensions: yaml.extensions ?? [],
    settings: yaml.settings ?? {},
  };
  return { target, threads: yaml.threads ?? defaultThreads, warnings: result.warnings };
}
