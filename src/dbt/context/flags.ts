/** `flags` and `invocation_args_dict`: how the command was called, by dbt's names. */
import { fromHost, type Value } from '../../jinja/index.js';
import { MappingValue, RecordValue } from '../host-values.js';
import type { Session } from '../session.js';

/** What dbt has where nothing is said. */
function defaults(session: Session): Record<string, unknown> {
  return {
    USE_EXPERIMENTAL_PARSER: false,
    STATIC_PARSER: true,
    WARN_ERROR: session.warnError === true ? true : null,
    WARN_ERROR_OPTIONS: { error: [], warn: [], silence: [] },
    WRITE_JSON: true,
    PARTIAL_PARSE: true,
    USE_COLORS: true,
    PROFILES_DIR: session.projectRoot,
    DEBUG: false,
    LOG_FORMAT: 'default',
    VERSION_CHECK: true,
    FAIL_FAST: false,
    // Nothing is ever sent.
    SEND_ANONYMOUS_USAGE_STATS: false,
    PRINTER_WIDTH: 80,
    INDIRECT_SELECTION: 'eager',
    LOG_CACHE_EVENTS: false,
    QUIET: false,
    NO_PRINT: null,
    CACHE_SELECTED_ONLY: false,
    INTROSPECT: true,
    TARGET_PATH: null,
    LOG_PATH: 'logs',
    INVOCATION_COMMAND: `techstore ${session.which}`,
    EMPTY: session.empty ?? false,
    FULL_REFRESH: session.fullRefresh,
    STORE_FAILURES: session.storeFailures,
    WHICH: session.which,
    ...session.flags,
  };
}

export function flagsValue(session: Session): Value {
  return RecordValue.of('Namespace', defaults(session));
}

/** The same by dbt's names of arguments, with the variables of the command. */
export function invocationArgs(session: Session): Value {
  const given = Object.entries(defaults(session)).filter(([, value]) => value !== null);
  const args = given.map(([name, value]) => [name.toLowerCase(), fromHost(value)] as const);
  const vars = fromHost(session.commandVars ?? {});
  return new MappingValue('dict', new Map<string, Value>([...args, ['vars', vars]]));
}

/** Variables of the environment that are to stand in the artifacts, without their prefix. */
export function metadataEnvs(session: Session): Value {
  const prefix = 'DBT_ENV_CUSTOM_ENV_';
  const named = Object.keys(session.env).filter((name) => name.startsWith(prefix));
  return new MappingValue(
    'dict',
    new Map(named.map((name) => [name.slice(prefix.length), session.env[name] ?? ''] as const)),
  );
}
