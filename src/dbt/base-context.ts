/** Names that every template of dbt sees, whichever node it belongs to. */
import { TechstoreError } from '../errors.js';
import {
  fromHost,
  HostObject,
  parseTemplate,
  renderSync,
  type HostResult,
  type Lookup,
  type Value,
} from '../jinja/index.js';
import { asDbtRuns } from './undefined-names.js';
import { columnClass } from './column.js';
import { collectionFunctions } from './context/collection-functions.js';
import { exceptionsValue } from './context/exceptions.js';
import { flagsValue, invocationArgs, metadataEnvs } from './context/flags.js';
import { textFunctions } from './context/text-functions.js';
import { DateTimeValue } from './python/datetime.js';
import { modulesValue } from './python/modules.js';
import { Arguments, hostFunction, MappingValue } from './host-values.js';
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

/** What a template of a node needs of its variables. */
interface VarOptions {
  readonly overrides?: Overrides | undefined;
  /** Of the files that call it. Default: the project. */
  readonly packageName?: string;
  /** False while parsing: then a variable that is not set is None, as in dbt. Default true. */
  readonly isNeeded?: boolean;
  /** Names for variables that hold Jinja themselves. */
  readonly lookup?: Lookup;
}

export function varFunction(
  session: Session,
  { overrides = {}, packageName = session.projectName, isNeeded = true, lookup }: VarOptions = {},
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
      const given = new Arguments('var', ['var_name', 'default'], args, kwargs);
      const name = given.text('var_name');
      const value = lookUp(name);
      if (typeof value === 'string' && value.includes('{{') && lookup !== undefined) {
        const template = parseTemplate(value, { file: 'dbt_project.yml' });
        return renderSync(template, lookup, asDbtRuns);
      }
      if (value !== undefined) return fromHost(value);
      if (given.has('default')) return given.get('default') ?? null;
      if (!isNeeded) return null;
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
    const given = new Arguments('env_var', ['var', 'default'], args, kwargs);
    const name = given.text('var');
    if (!options.secrets && name.startsWith(secretPrefix)) {
      throw new TechstoreError('compilation', `Secrets cannot be read here: ${name}`, {
        hint: 'Variables that begin with DBT_ENV_SECRET can be used in profiles.yml only.',
      });
    }
    const own = overrides.envVars;
    const value = own !== undefined && Object.hasOwn(own, name) ? own[name] : env[name];
    // What every object has, such as constructor, is no variable.
    if (typeof value === 'string') return value;
    const otherwise = given.get('default') ?? null;
    if (otherwise !== null) return otherwise;
    throw new TechstoreError('compilation', `The environment variable ${name} is not set`, {
      hint: `Set it, or add a default: env_var('${name}', …).`,
    });
  });
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
  define('modules', modulesValue(session.runStartedAt));
  define('exceptions', exceptionsValue(session));
  define('flags', flagsValue(session));
  define('thread_id', 'main');
  define(
    'log',
    hostFunction('log', (args, kwargs, context) => {
      const given = new Arguments('log', ['msg', 'info'], args, kwargs);
      if (!given.has('msg')) throw new TechstoreError('compilation', 'log() needs a message');
      const text = context.toText(given.get('msg') ?? null);
      if (given.flag('info', false)) session.log.info(text);
      else session.log.debug(text);
      return '';
    }),
  );
  define(
    'print',
    hostFunction('print', (args, kwargs, context) => {
      const given = new Arguments('print', ['msg'], args, kwargs);
      session.log.info(context.toText(given.get('msg') ?? ''));
      return '';
    }),
  );
  for (const [name, value] of [...textFunctions(), ...collectionFunctions()]) define(name, value);
  define('dbt_metadata_envs', metadataEnvs(session));
  define('invocation_args_dict', invocationArgs(session));
  define('validation', validationValue());
  define('column', columnClass(session));
  define('context_macro_stack', null);
  return names;
}

/** What dbt-duckdb has in a profile that does not say otherwise. */
const duckdbFields = {
  path: ':memory:',
  config_options: null,
  extensions: null,
  settings: {},
  external_root: '.',
  use_credential_provider: null,
  attach: null,
  filesystems: null,
  remote: null,
  plugins: null,
  disable_transactions: false,
};

function targetValue(session: Session): Value {
  const { target } = session;
  const fields = {
    ...(target.type === 'duckdb' ? duckdbFields : {}),
    ...target.fields,
    profile_name: target.profileName,
    name: target.name,
    target_name: target.name,
    type: target.type,
    database: target.database,
    schema: target.schema,
    threads: target.threads,
  };
  const entries = Object.entries(fields).map(([key, value]) => [key, fromHost(value)] as const);
  return new MappingValue('dict', new Map(entries));
}

/** `validation.any[…]`: dbt checks kinds of settings by it; here every value passes. */
function validationValue(): Value {
  const passes = hostFunction('validate', () => null);
  const any = new (class extends HostObject {
    readonly typeName = 'validation';
    override toText(): string {
      return '<validation>';
    }
    override getItem(): Value {
      return passes;
    }
  })();
  return new MappingValue('dict', new Map([['any', any]]));
}
