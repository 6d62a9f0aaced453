/** Opens the project for a command: files, profile, variables, manifest, graph. */
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { TechstoreError } from '../errors.js';
import { Compiler } from '../dbt/compile.js';
import { envVarFunction } from '../dbt/base-context.js';
import type { Logger } from '../dbt/logger.js';
import { MacroRegistry } from '../dbt/macro-registry.js';
import { parseProject } from '../dbt/parse/parse-project.js';
import { sampleWindow } from '../dbt/sample-window.js';
import type { Session, TargetInfo } from '../dbt/session.js';
import { engineNamed } from '../engine/engines.js';
import { Graph } from '../graph/index.js';
import {
  fromHost,
  parseTemplate,
  renderNative,
  runSync,
  toHost,
  Float,
  type Value,
} from '../jinja/index.js';
import {
  byCodePoints,
  installedPackages,
  listedPackages,
  loadEnvironment,
  loadProfile,
  loadProject,
  fieldsOf,
  parseYaml,
  secretsOf,
  settingsOf,
  unaskedVars,
  type Profile,
  type Project,
  type Render,
} from '../project/index.js';
import { version } from './version.js';
import { calendarDate, type ProjectOptions } from './options.js';
import type { LoadedProject } from './loaded-project.js';
import { refuseEmptyContracts } from './empty-contract.js';
import { projectDir } from './project-dir.js';
import { asksForWarnError, refuse, refuseWarnings } from './warn-error.js';
import { rememberSecrets, rememberSecretsOf } from './secrets.js';

export type { LoadedProject };

type Environment = Readonly<Record<string, string | undefined>>;

export interface LoadOptions extends ProjectOptions {
  readonly sources?: string;
  readonly fullRefresh?: boolean;
  readonly storeFailures?: boolean;
  readonly empty?: boolean;
  /** As `sampleWindow` takes it. */
  readonly sample?: string;
  readonly threads?: number;
}

export interface OpenedProfile {
  readonly project: Project;
  readonly profile: Profile;
  readonly env: Environment;
  readonly secrets: readonly string[];
  /** Names of the variables of the environment that were looked at so far; it grows. */
  readonly environmentRead: ReadonlySet<string>;
}

/** Project file and profile alone: what the commands need that only read a build. */
export function openProfile(options: LoadOptions): OpenedProfile {
  const root = projectDir(options.projectDir);
  const vars = commandLineVars(options.vars);
  const project = loadProject(root, { vars, float: (value) => new Float(value) });
  const variables = loadEnvironment(root, process.env);
  rememberSecretsOf(variables);
  const { env, read: environmentRead } = recordingReads(variables);
  const profile = loadProfile(project, {
    env,
    render: profileRender(env, project),
    ...(options.profilesDir === undefined ? {} : { profilesDir: options.profilesDir }),
    ...(options.target === undefined ? {} : { target: options.target }),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(options.threads === undefined ? {} : { threads: options.threads }),
  });
  const { target } = profile;
  const secrets = secretsOf(target).map((secret) => secret.reveal());
  rememberSecrets(secrets);
  return {
    project,
    profile,
    env,
    secrets,
    environmentRead,
  };
}

/** Only `env_var`, `var` and `target` may stand in profiles.yml, and in lists of packages; secrets may be read there. */
export function profileRender(env: Environment, project: Project): Render {
  const vars = project.vars.forPackage(project.name);
  const names = new Map<string, Value>([['env_var', envVarFunction(env, {}, { secrets: true })]]);
  return (text, place) => {
    const template = parseTemplate(text, { file: place.file, firstLine: place.line ?? 1 });
    return toHost(
      runSync(
        renderNative(template, (name) =>
          name === 'var' ? fromHost(Object.fromEntries(vars)) : names.get(name),
        ),
      ),
    );
  };
}

/** The environment, and the names that were asked for: a build depends on those alone. */
function recordingReads(env: Environment): { env: Environment; read: ReadonlySet<string> } {
  const read = new Set<string>();
  const recording = new Proxy(env, {
    get: (target, name) => {
      if (typeof name === 'string') read.add(name);
      return Object.hasOwn(target, name) ? (Reflect.get(target, name) as string) : undefined;
    },
  });
  return { env: recording, read };
}

/** What --vars sets, by name. */
export function commandLineVars(text: string | undefined): Record<string, unknown> {
  if (text === undefined) return {};
  const { value } = parseYaml(text, '--vars', { float: (number) => new Float(number) });
  if (value === null) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new TechstoreError('usage', `--vars must be a map of keys, not ${JSON.stringify(value)}`, {
    hint: "Write it as YAML or JSON: --vars '{tax_rate: 0.19}'.",
  });
}

/**
 * Loads and parses everything.
 *
 * @param which the command in dbt's words
 */
export function load(which: string, options: LoadOptions, log: Logger): LoadedProject {
  const opened = openProfile(options);
  const { profile } = opened;
  const packages = installedPackages(opened.project, {
    vars: opened.project.vars.commandLine,
    float: (value) => new Float(value),
  });
  const project = withHooksOf(packages, opened.project);
  const startedAt = new Date();
  const vars = project.vars.forPackage(project.name);
  const asOf = asOfDate(options, vars, profile, startedAt);
  if (asOf !== null) vars.set('as_of', asOf);
  if (options.sources !== undefined) vars.set('sources', options.sources);
  const warnError = options.warnError ?? asksForWarnError(project, opened.env);
  const askedVars = new Set<string>(['as_of', 'seed_as_of']);
  const session: Session = {
    version: version(),
    projectName: project.name,
    projectRoot: project.root,
    target: targetInfo(profile),
    macros: new MacroRegistry(
      project.name,
      profile.target.type,
      new Map(project.dispatch.map((entry) => [entry.macroNamespace, entry.searchOrder])),
    ),
    quote: engineNamed(profile.target.type).dialect.quoteIdentifier,
    vars,
    packageVars: varsOfPackages(packages, project, vars),
    askedVars,
    warnError,
    env: opened.env,
    runStartedAt: startedAt,
    invocationId: randomUUID(),
    fullRefresh: options.fullRefresh ?? false,
    empty: options.empty ?? false,
    sample: options.sample === undefined ? undefined : sampleWindow(options.sample, startedAt),
    storeFailures: options.storeFailures ?? false,
    which,
    commandVars: commandLineVars(options.vars),
    selected: new Set(),
    log: warnError ? { ...log, warn: refuse } : log,
  };
  const { manifest, templates, warnings: found } = parseProject(project, session, packages);
  const warnings = [
    ...project.warnings,
    ...packages.flatMap((each) => each.versionWarnings),
    ...listedPackages(project.root).warnings,
    ...profile.warnings,
    ...unaskedVars(project, packages, profile.file, askedVars),
    ...found,
  ];
  if (warnError) refuseWarnings(warnings);
  const loaded: LoadedProject = {
    project,
    packages,
    profile,
    session,
    manifest,
    graph: new Graph(manifest),
    compiler: new Compiler(session, manifest, undefined, templates),
    asOf,
    targetDir: resolve(project.root, project.targetPath),
    warnings,
    secrets: opened.secrets,
    environmentRead: opened.environmentRead,
  };
  refuseEmptyContracts(loaded);
  return loaded;
}

/** dbt runs the hooks of packages too: before those of the root project. */
function withHooksOf(packages: readonly Project[], project: Project): Project {
  if (packages.length === 0) return project;
  const all = [...packages].sort((a, b) => byCodePoints(a.name, b.name)).concat(project);
  return {
    ...project,
    onRunStart: all.flatMap((each) => each.onRunStart),
    onRunEnd: all.flatMap((each) => each.onRunEnd),
  };
}

/**
 * The variables that each package's files see: its own, over them the root project's, which may be under the
 * package's name, over them those of the command line and of this invocation.
 */
function varsOfPackages(
  packages: readonly Project[],
  project: Project,
  vars: ReadonlyMap<string, unknown>,
): Map<string, ReadonlyMap<string, unknown>> {
  const given = ['as_of', 'sources'].flatMap((name) =>
    vars.has(name) ? [[name, vars.get(name)] as const] : [],
  );
  return new Map(
    packages.map(({ name, vars: own }) => [
      name,
      new Map<string, unknown>([
        ...own.forPackage(name),
        ...project.vars.forPackage(name),
        ...given,
      ]),
    ]),
  );
}

/**
 * One clock: --as-of, else the variable as_of, else for the repository's own seeds
 * the variable seed_as_of, else today in UTC. Projects without these variables have none.
 */
function asOfDate(
  options: LoadOptions,
  vars: ReadonlyMap<string, unknown>,
  profile: Profile,
  now: Date,
): string | null {
  if (options.asOf !== undefined) return options.asOf;
  const given = dateVariable('as_of', vars);
  if (given !== null) return given;
  if (!vars.has('as_of') && !vars.has('seed_as_of')) return null;
  const seeds = dateVariable('seed_as_of', vars);
  if (options.sources === undefined && profile.target.type === 'duckdb' && seeds !== null) {
    return seeds;
  }
  return now.toISOString().slice(0, 10);
}

function dateVariable(name: string, vars: ReadonlyMap<string, unknown>): string | null {
  const value = vars.get(name) ?? null;
  if (value === null) return null;
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  try {
    return calendarDate(shown);
  } catch {
    throw new TechstoreError('usage', `The variable ${name} is not a date: ${shown}`, {
      hint: 'Write it as YYYY-MM-DD.',
    });
  }
}

function targetInfo(profile: Profile): TargetInfo {
  const { target } = profile;
  return {
    profileName: profile.name,
    name: profile.targetName,
    type: target.type,
    database: target.database,
    schema: target.schema,
    threads: profile.threads,
    settings: settingsOf(target),
    fields: fieldsOf(target),
  };
}
