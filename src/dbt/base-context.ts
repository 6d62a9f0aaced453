/** Names that every template of dbt sees, whichever node it belongs to. */
import { createHash } from 'node:crypto';
import { stringify as stringifyYaml, parse as parseYaml } from 'yaml';
import { TechstoreError } from '../errors.js';
import {
  fromHost,
  HostObject,
  iterate,
  parseJson,
  toHost,
  Tuple,
  toJson,
  type CallContext,
  type HostResult,
  type Kwargs,
  type Value,
} from '../jinja/index.js';
import { DateTimeValue, ModulesValue } from './datetime.js';
import { Arguments, hostFunction, RecordValue } from './host-values.js';
import { didYouMeanFirst } from '../ground/did-you-mean.js';
import { dbtVersion, varsOf, type Session } from './session.js';

/** Marks an environment variable that dbt keeps out of logs and artifacts. */
const secretPrefix = 'DBT_ENV_SECRET';

export type BaseNames = Map<string, Value>;

/** `var` and `env_var` can be replaced for one unit test. */
export interface Overrides {
  readonly vars?: Readonly<Record<string, unknown>>;
  readonly envVars?: Readonly<Record<string, string>>;
}

/** @param packageName of the files that call it */
export function varFunction(
  session: Session,
  overrides: Overrides = {},
  packageName = session.projectName,
): Value {
  const vars = varsOf(session, packageName);
  const lookUp = (name: string): unknown => {
    session.askedVars?.add(name);
    if (overrides.vars !== undefined && Object.hasOwn(overrides.vars, name)) {
      return overrides.vars[name];
    }
    return vars.get(name);
  };
  return new (class extends HostObject {
    readonly typeName = 'Var';
    override toText(): string {
      return '<var>';
    }
    override call(args: readonly Value[], kwargs: ReadonlyMap<string, Value>): HostResult {
      const given = new Arguments('var', ['name', 'default'], args, kwargs);
      const name = given.text('name');
      const value = lookUp(name);
      if (value !== undefined) return fromHost(value);
      if (given.has('default')) return given.get('default') ?? null;
      const known = [...vars.keys()];
      throw new TechstoreError('compilation', `The variable '${name}' is not set`, {
        hint: `${didYouMeanFirst(name, known)}Set it under vars: in dbt_project.yml or with --vars, or give it a default: var('${name}', …).`,
      });
    }
    override callMethod(name: string, args: readonly Value[]): HostResult | undefined {
      if (name !== 'has_var') return undefined;
      return typeof args[0] === 'string' && lookUp(args[0]) !== undefined;
    }
  })();
}

/** @param options `secrets` where secrets of the environment may be read: in profiles.yml. */
export function envVarFunction(
  env: Readonly<Record<string, string | undefined>>,
  overrides: Overrides = {},
  options: { readonly secrets: boolean } = { secrets: false },
): Value {
  return hostFunction('env_var', (args, kwargs) => {
    const given = new Arguments('env_var', ['name', 'default'], args, kwargs);
    const name = given.text('name');
    if (!options.secrets && name.startsWith(secretPrefix)) {
      throw new TechstoreError('compilation', `Secrets cannot be read here: ${name}`, {
        hint: 'Variables that begin with DBT_ENV_SECRET can be used in profiles.yml only.',
      });
    }
    const own = overrides.envVars;
    const value = own !== undefined && Object.hasOwn(own, name) ? own[name] : env[name];
    // What every object has, such as constructor, is no variable.
    if (typeof value === 'string') return value;
    if (given.has('default')) return given.get('default') ?? null;
    throw new TechstoreError('compilation', `The environment variable ${name} is not set`, {
      hint: `Set it, or add a default: env_var('${name}', …).`,
    });
  });
}

class Exceptions extends HostObject {
  readonly typeName = 'exceptions';
  readonly #session: Session;

  constructor(session: Session) {
    super();
    this.#session = session;
  }

  override toText(): string {
    return '<exceptions>';
  }

  override callMethod(
    name: string,
    args: readonly Value[],
    _kwargs: Kwargs,
    context: CallContext,
  ): HostResult | undefined {
    const [message = ''] = args;
    switch (name) {
      case 'raise_compiler_error':
      case 'raise_not_implemented':
        throw new TechstoreError('compilation', context.toText(message));
      case 'warn':
        this.#session.log.warn(context.toText(message));
        return '';
      default:
        return undefined;
    }
  }
}

function json(
  name: string,
  work: (value: Value) => Value,
  value: Value,
  otherwise: Value | undefined,
): Value {
  try {
    return work(value);
  } catch (error) {
    if (otherwise !== undefined) return otherwise;
    throw new TechstoreError('compilation', `${name}() cannot parse its argument`, {
      cause: error,
    });
  }
}

/** The names, made once an invocation: they hold nothing of a node. */
export function baseNames(session: Session): BaseNames {
  const names: BaseNames = new Map();
  const define = (name: string, value: Value): void => void names.set(name, value);

  define('var', varFunction(session));
  define('env_var', envVarFunction(session.env));
  define('target', targetValue(session));
  define('project_name', session.projectName);
  define('dbt_version', dbtVersion);
  define('run_started_at', new DateTimeValue(session.runStartedAt));
  define('invocation_id', session.invocationId);
  define('modules', new ModulesValue(session.runStartedAt));
  define('exceptions', new Exceptions(session));
  define('flags', flagsValue(session));
  define('thread_id', 'main');
  define(
    'log',
    hostFunction('log', (args, kwargs, context) => {
      const given = new Arguments('log', ['msg', 'info'], args, kwargs);
      const text = context.toText(given.get('msg') ?? null);
      if (given.flag('info', false)) session.log.info(text);
      else session.log.debug(text);
      return '';
    }),
  );
  define(
    'print',
    hostFunction('print', (args, _kwargs, context) => {
      session.log.info(context.toText(args[0] ?? ''));
      return '';
    }),
  );
  define(
    'tojson',
    hostFunction('tojson', (args, kwargs) => {
      const given = new Arguments('tojson', ['value', 'default', 'sort_keys'], args, kwargs);
      return json(
        'tojson',
        (v) => toJson(v, { sortKeys: given.flag('sort_keys', false) }),
        given.get('value') ?? null,
        given.get('default'),
      );
    }),
  );
  define(
    'fromjson',
    hostFunction('fromjson', (args, kwargs) => {
      const given = new Arguments('fromjson', ['string', 'default'], args, kwargs);
      return json(
        'fromjson',
        (v) => parseJson(String(toHost(v))),
        given.text('string'),
        given.get('default'),
      );
    }),
  );
  define(
    'toyaml',
    hostFunction('toyaml', (args, kwargs) => {
      const given = new Arguments('toyaml', ['value', 'default', 'sort_keys'], args, kwargs);
      return stringifyYaml(toHost(given.get('value') ?? null), {
        indentSeq: false,
        sortMapEntries: given.flag('sort_keys', false),
      });
    }),
  );
  define(
    'fromyaml',
    hostFunction('fromyaml', (args, kwargs) => {
      const given = new Arguments('fromyaml', ['value', 'default'], args, kwargs);
      return json(
        'fromyaml',
        (v) => fromHost(parseYaml(String(toHost(v)), { maxAliasCount: 100 })),
        given.text('value'),
        given.get('default'),
      );
    }),
  );
  define(
    'local_md5',
    hostFunction('local_md5', (args) =>
      createHash('md5')
        .update(String(toHost(args[0] ?? '')))
        .digest('hex'),
    ),
  );
  // A set keeps one of each; templates only loop over it and ask what is in it.
  for (const name of ['set', 'set_strict']) {
    define(
      name,
      hostFunction(name, (args) => {
        const seen = new Map<unknown, Value>();
        for (const item of iterate(args[0] ?? []))
          seen.set(typeof item === 'object' ? toJson(item, {}) : item, item);
        return [...seen.values()];
      }),
    );
  }
  for (const name of ['zip', 'zip_strict']) {
    define(
      name,
      hostFunction(name, (args) => {
        const lists = args.map((list) => [...iterate(list)]);
        const length = Math.min(...lists.map((list) => list.length));
        return Array.from({ length }, (_, i) => new Tuple(lists.map((list) => list[i] ?? null)));
      }),
    );
  }
  return names;
}

function targetValue(session: Session): Value {
  const { target } = session;
  return RecordValue.of(
    'target',
    {
      ...target.fields,
      profile_name: target.profileName,
      name: target.name,
      target_name: target.name,
      type: target.type,
      database: target.database,
      schema: target.schema,
      threads: target.threads,
    },
    target.name,
  );
}

function flagsValue(session: Session): Value {
  return RecordValue.of('flags', {
    FULL_REFRESH: session.fullRefresh,
    STORE_FAILURES: session.storeFailures,
    WHICH: session.which,
    EMPTY: session.empty ?? false,
    INVOCATION_COMMAND: `techstore ${session.which}`,
  });
}
