/** A rendered target of profiles.yml as a connection, checked. */
import type { z } from 'zod';
import { catalogOfFile, whyNoCatalog } from '../catalog-of-file.js';
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
import { attachedDatabases, secretStatements, secretValues } from './duckdb-extras.js';
import { lookUp } from './look-up.js';
import { validate, type Telling, type Validated } from './validate.js';
import type { YamlDocument } from './yaml-document.js';
import type { YamlPath } from './yaml-path.js';

export interface ReadTarget {
  readonly target: DuckdbTarget | DatabricksTarget;
  readonly threads: number;
  readonly warnings: readonly ProjectWarning[];
}

const defaultThreads = 4;

const telling: Telling = { fromHere: true, secrets: ['token', 'client_secret'] };

/** Where `env_var` gave nothing, the variable is what the user has to set. */
function withVariables(document: YamlDocument, issue: Issue): Issue {
  const line = document.text.split('\n')[(issue.place.line ?? 1) - 1] ?? '';
  const variable = /env_var\(\s*['"]([^'"]+)['"]/.exec(line)?.[1];
  return {
    ...issue,
    hint:
      issue.hint ??
      (variable === undefined
        ? undefined
        : `Set ${variable} in the environment or in the project's .env file.`),
  };
}

function checked<T>(document: YamlDocument, result: Validated<T>): T {
  const refused = result.warnings.filter(({ isFault }) => isFault === true);
  throwIssues('profile', document.file, document.text, [
    ...result.issues.map((issue) => withVariables(document, issue)),
    ...refused,
  ]);
  return result.value as T;
}

/** The document with rendered values in the target's place, places kept. */
function rendered(document: YamlDocument, path: YamlPath, values: unknown): YamlDocument {
  const value = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), values);
  return { ...document, value };
}

/** Where builds of a target without a file are kept, so that somebody can look at them. */
const memoryFile = 'target/memory.duckdb';

function databaseOf(path: string): string {
  if (path === ':memory:') return 'memory';
  return catalogOfFile(path);
}

function refuseMotherduck(document: YamlDocument, path: YamlPath, file: string): void {
  if (!/^(?:md|motherduck|ducklake):/i.test(file)) return;
  throw new TechstoreError('unsupported', `The path '${file}' is not a file on this machine`, {
    place: document.placeOf([...path, 'path']),
    hint: 'MotherDuck and DuckLake are not supported. Set the path of a file.',
  });
}

function refuseNameless(document: YamlDocument, path: YamlPath, file: string): void {
  const why = whyNoCatalog(file);
  if (why === null) return;
  throw new TechstoreError(
    'profile',
    `The database of the path '${file}' would be named '${catalogOfFile(file)}', which ${why}`,
    { place: document.placeOf([...path, 'path']), hint: 'Give the file another name.' },
  );
}

/** @param absolute makes a path absolute: relative ones start at the project's folder. */
export function readTarget(
  source: YamlDocument,
  path: YamlPath,
  values: Record<string, unknown>,
  absolute: (file: string) => string,
): ReadTarget {
  const document = rendered(source, path, values);
  const advice = (key: string): Partial<ProjectWarning> | undefined => {
    const refused = lookUp(refusedProfileKeys, key);
    if (refused !== undefined)
      return { message: `'${key}' cannot be used`, hint: refused, isFault: true };
    const ignored = lookUp(ignoredProfileKeys, key);
    return ignored === undefined
      ? undefined
      : { message: `'${key}' of the target has no effect`, hint: ignored };
  };
  if (values['type'] === 'databricks') {
    const oauth = values['auth_type'] === 'oauth';
    const result = oauth
      ? validate(databricksOAuthSchema, document, path, advice, telling)
      : validate(databricksTokenSchema, document, path, advice, telling);
    const yaml = checked<z.output<typeof databricksOAuthSchema | typeof databricksTokenSchema>>(
      document,
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
  const result = validate(duckdbSchema, document, path, advice, telling);
  const yaml = checked(document, result);
  const file = yaml.path ?? ':memory:';
  refuseMotherduck(document, path, file);
  refuseNameless(document, path, file);
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
  const at = { document, path };
  const { attached, issues } = attachedDatabases(yaml.attach ?? [], database, at, absolute);
  throwIssues('profile', document.file, document.text, issues);
  const secrets = yaml.secrets ?? [];
  const root = absolute('.');
  const isMemory = file === ':memory:';
  const target: DuckdbTarget = {
    type: 'duckdb',
    path: absolute(isMemory ? memoryFile : file),
    pathAsWritten: isMemory ? memoryFile : file,
    ...(isMemory ? { isMemory } : {}),
    database,
    schema: yaml.schema || 'main',
    extensions: yaml.extensions ?? [],
    settings: { ...yaml.config_options, ...yaml.settings },
    root,
    externalRoot: yaml.external_root ?? '.',
    ...(attached.length === 0 ? {} : { attach: attached }),
    ...(secrets.length === 0
      ? {}
      : {
          secrets: secretStatements(secrets),
          hidden: secretValues(secrets).map((value) => new Secret(value)),
        }),
  };
  return { target, threads: yaml.threads ?? defaultThreads, warnings: result.warnings };
}
