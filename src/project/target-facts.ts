/** What others ask of a target, whichever kind it is. */
import type { Profile } from './profile.js';
import type { Secret } from './secret.js';

type Target = Profile['target'];

/** What must not be written anywhere. */
export function secretsOf(target: Target): readonly Secret[] {
  if (target.type === 'duckdb') return target.hidden ?? [];
  return [target.auth.kind === 'token' ? target.auth.token : target.auth.clientSecret];
}

/** Settings of the database: what a query gives may depend on them. */
export function settingsOf(target: Target): Readonly<Record<string, unknown>> {
  return target.type === 'duckdb' ? target.settings : {};
}

/** What a template may see of the target, by dbt's names. */
export function fieldsOf(target: Target): Readonly<Record<string, unknown>> {
  return target.type === 'duckdb'
    ? {
        path: target.isMemory ? ':memory:' : target.pathAsWritten,
        external_root: target.externalRoot ?? '.',
      }
    : { host: target.host, http_path: target.httpPath, catalog: target.database };
}

/** Files that hold the published tables: absolute. None for a warehouse. */
export function filesOf(target: Target): readonly string[] {
  return target.type === 'duckdb' ? [target.path] : [];
}
