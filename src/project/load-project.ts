/** dbt_project.yml as the rest of the program wants it. */
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { TechstoreError, type Place } from '../errors.js';
import { ConfigTrees, type ConfigEntry, type ConfigKind } from './config-tree.js';
import { throwIssues, type Issue, type ProjectWarning } from './issues.js';
import { lookUp } from './look-up.js';
import { unusedSettings } from './unused-settings.js';
import { projectSchema, renamedKeys, unsupportedKeys, type ProjectYaml } from './project-schema.js';
import { readText } from './read-text.js';
import { acceptsOurLevel, dbtLevel } from './required-version.js';
import { validate } from './validate.js';
import { ProjectVars } from './vars.js';
import { parseYaml, type YamlDocument } from './yaml-document.js';
import type { FloatMaker } from './yaml-scalars.js';

/** Folders of resources, relative to the project, in the order of the file. */
export interface ProjectPaths {
  /** Default `models`. */
  readonly models: readonly string[];
  /** Default `seeds`. */
  readonly seeds: readonly string[];
  /** Default `tests`. */
  readonly tests: readonly string[];
  /** Default `analyses`. */
  readonly analyses: readonly string[];
  /** Default `macros`. */
  readonly macros: readonly string[];
  /** Default `snapshots`. */
  readonly snapshots: readonly string[];
  /** Default all of the above. */
  readonly docs: readonly string[];
  /** Default none. */
  readonly assets: readonly string[];
}

/** SQL with Jinja that stands in a YAML file. */
export interface SqlText {
  /** Name of the project whose file it is. */
  readonly packageName: string;
  /** Among those of the same key and file, from 0. */
  readonly index: number;
  readonly sql: string;
  readonly place: Place;
  /** Line on which the SQL itself begins. */
  readonly line: number;
}

export interface Project {
  /** Absolute. */
  readonly root: string;
  /** The project file as messages show it: `dbt_project.yml`, `dbt_packages/tools/dbt_project.yml`. */
  readonly file: string;
  /** Of an installed package: its folder inside the root project, with a slash behind it. Empty for the root. */
  readonly folder: string;
  readonly name: string;
  /** As written; null where the file has none. */
  readonly version: string | null;
  /** Name of the profile, possibly Jinja; null where the file has none. */
  readonly profile: string | null;
  readonly profilePlace: Place;
  readonly paths: ProjectPaths;
  /** Relative to the project, unless absolute. Default `target`. */
  readonly targetPath: string;
  /** Default `logs`. */
  readonly logPath: string;
  /** Default `dbt_packages`. */
  readonly packagesInstallPath: string;
  /** Default the target path. */
  readonly cleanTargets: readonly string[];
  readonly vars: ProjectVars;
  readonly onRunStart: readonly SqlText[];
  readonly onRunEnd: readonly SqlText[];
  readonly dispatch: readonly {
    readonly macroNamespace: string;
    readonly searchOrder: readonly string[];
  }[];
  readonly quoting: {
    readonly database?: boolean;
    readonly schema?: boolean;
    readonly identifier?: boolean;
  };
  /** Undefined where the file says nothing, null where it turns comments off. */
  readonly queryComment:
    { readonly comment: string | null; readonly append: boolean } | null | undefined;
  readonly requireDbtVersion: readonly string[];
  /** True to keep protected models for the project itself. Default false. */
  readonly restrictAccess: boolean;
  readonly flags: Readonly<Record<string, unknown>>;
  /** When what `run` and `seed` make is published. Default `after_tests`. */
  readonly publish: 'after_run' | 'after_tests';
  readonly warnings: readonly ProjectWarning[];
  /** Of `warnings` what also those are told who only use the project as a package. */
  readonly versionWarnings: readonly ProjectWarning[];
  readonly trees: ConfigTrees;
  /** What the file sets for a resource, root first, so that later entries win. */
  configFor(kind: ConfigKind, fqn: readonly string[]): ConfigEntry[];
}

export interface LoadProjectOptions {
  /** `--vars`: they win over the file's. */
  readonly vars?: Readonly<Record<string, unknown>> | undefined;
  /** What floats become; default numbers. */
  readonly float?: FloatMaker | undefined;
  /** Of an installed package: its folder inside the root project, with a slash behind it. */
  readonly folder?: string;
}

/** A string or a list of strings, each with its place. */
function sqlTexts(
  document: YamlDocument,
  key: string,
  value: string | string[] | null | undefined,
  packageName: string,
): SqlText[] {
  if (value === null || value === undefined) return [];
  const single = typeof value === 'string';
  return (single ? [value] : value).map((sql, index) => {
    const path = single ? [key] : [key, index];
    const place = document.placeOf(path);
    return { sql, packageName, index, place, line: document.lineOfText(path) };
  });
}

function definedOf<T extends object>(
  value: T | null | undefined,
): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(
    Object.entries(value ?? {}).filter(([, v]) => v !== null && v !== undefined),
  ) as { [K in keyof T]?: NonNullable<T[K]> };
}

function pathsOf(yaml: ProjectYaml): ProjectPaths {
  const models = yaml['model-paths'] ?? ['models'];
  const seeds = yaml['seed-paths'] ?? ['seeds'];
  const tests = yaml['test-paths'] ?? ['tests'];
  const analyses = yaml['analysis-paths'] ?? ['analyses'];
  const macros = yaml['macro-paths'] ?? ['macros'];
  const snapshots = yaml['snapshot-paths'] ?? ['snapshots'];
  const all = [...models, ...seeds, ...snapshots, ...analyses, ...macros, ...tests];
  return {
    models,
    seeds,
    tests,
    analyses,
    macros,
    snapshots,
    docs: yaml['docs-paths'] ?? all,
    assets: yaml['asset-paths'] ?? [],
  };
}

function findProjectFile(root: string, folder: string): string {
  if (existsSync(join(root, 'dbt_project.yml'))) return 'dbt_project.yml';
  if (existsSync(join(root, 'dbt_project.yaml'))) {
    throw new TechstoreError('project', 'The project file is named dbt_project.yaml', {
      hint: 'Rename it to dbt_project.yml.',
    });
  }
  if (folder !== '') {
    throw new TechstoreError('project', `${folder}dbt_project.yml was not found`, {
      hint: `Every folder beside it counts as a package. Remove ${folder}, or run techstore deps.`,
    });
  }
  throw new TechstoreError('project', `dbt_project.yml was not found in ${root}`, {
    hint: 'Go to the project folder, or pass it with --project-dir.',
  });
}

function queryCommentOf(yaml: ProjectYaml): Project['queryComment'] {
  const comment = yaml['query-comment'];
  if (comment === undefined || comment === null) return comment;
  if (typeof comment === 'string') return comment === '' ? null : { comment, append: false };
  return { comment: comment.comment ?? null, append: comment.append ?? false };
}

/** Rules across keys, which no schema of one key can tell. */
function crossFaults(document: YamlDocument, yaml: ProjectYaml | undefined): Issue[] {
  const issues: Issue[] = [];
  const value = document.value as Record<string, unknown>;
  for (const [old, name] of Object.entries(renamedKeys)) {
    if (!Object.hasOwn(value, old)) continue;
    const place = document.placeOfKey([old]);
    issues.push({
      message: `'${old}' is a deprecated name`,
      place,
      hint: `Rename it to '${name}'.`,
    });
  }
  if (yaml?.tests && yaml.data_tests) {
    const place = document.placeOfKey(['tests']);
    issues.push({
      message: "'tests' and 'data_tests' are two names for the same key",
      place,
      hint: "Move the entries of 'tests' to 'data_tests'.",
    });
  }
  return issues;
}

/**
 * Reads the project file of a folder.
 * @throws TechstoreError 'project' or 'yaml' with every fault of the file and its place
 */
export function loadProject(root: string, options: LoadProjectOptions = {}): Project {
  const absolute = resolve(root);
  const folder = options.folder ?? '';
  const file = folder + findProjectFile(absolute, folder);
  const text = readText(join(absolute, file.slice(folder.length)), file);
  const document = parseYaml(text, file, { float: options.float });
  if (document.value === null) {
    throw new TechstoreError('project', `${file} is empty`, {
      place: { file },
      hint: "It needs at least a 'name' and a 'profile'.",
    });
  }
  const checked = validate(projectSchema, document, [], (key) => {
    const why = lookUp(unsupportedKeys, key);
    return why === undefined
      ? undefined
      : { message: `'${key}' is not supported and is ignored`, hint: why };
  });
  throwIssues('project', file, text, [
    ...checked.issues,
    ...(checked.value === undefined && typeof document.value !== 'object'
      ? []
      : crossFaults(document, checked.value)),
  ]);
  const yaml = checked.value as ProjectYaml;

  // That of a package is where its own project would write.
  const ofEnvironment = folder === '' ? targetPathOfEnv(absolute) : undefined;
  const targetPath = ofEnvironment ?? yaml['target-path'] ?? 'target';
  const trees = new ConfigTrees(document);
  const { project: alias, ...quoted } = definedOf(yaml.quoting);
  // `project` is BigQuery's word for a database, and dbt takes either.
  const quoting = alias === undefined ? quoted : { database: alias, ...quoted };
  const required = yaml['require-dbt-version'] ?? [];
  const requireDbtVersion = typeof required === 'string' ? [required] : required;
  const aboutVersion = versionWarnings(folder, document, yaml.name, requireDbtVersion);
  return {
    root: absolute,
    file,
    folder,
    name: yaml.name,
    version: document.sourceOf(['version']) ?? null,
    profile: yaml.profile ?? null,
    profilePlace: document.placeOf(['profile']),
    paths: pathsOf(yaml),
    targetPath,
    logPath: yaml['log-path'] ?? 'logs',
    packagesInstallPath: yaml['packages-install-path'] ?? 'dbt_packages',
    cleanTargets: yaml['clean-targets'] ?? [targetPath],
    vars: new ProjectVars(yaml.vars ?? {}, options.vars ?? {}),
    onRunStart: sqlTexts(document, 'on-run-start', yaml['on-run-start'], yaml.name),
    onRunEnd: sqlTexts(document, 'on-run-end', yaml['on-run-end'], yaml.name),
    dispatch: (yaml.dispatch ?? []).map((entry) => ({
      macroNamespace: entry.macro_namespace,
      searchOrder: entry.search_order,
    })),
    quoting,
    queryComment: queryCommentOf(yaml),
    requireDbtVersion,
    restrictAccess: yaml['restrict-access'] ?? false,
    flags: yaml.flags ?? {},
    publish: yaml.publish ?? 'after_tests',
    warnings: [
      ...checked.warnings,
      ...trees.misreadConfigs(),
      ...furtherWarnings({ root: absolute, folder }, document, yaml),
      ...aboutVersion,
      ...unusedSettings(document, yaml),
    ],
    versionWarnings: aboutVersion,
    trees,
    configFor: (kind, fqn) => trees.configFor(kind, fqn),
  };
}

function versionWarnings(
  folder: string,
  document: YamlDocument,
  name: string,
  required: readonly string[],
): ProjectWarning[] {
  if (acceptsOurLevel(required)) return [];
  const whose = folder === '' ? 'project' : `package ${name}`;
  return [
    {
      message: `The ${whose} requires dbt ${required.join(', ')}; techstore behaves like dbt ${dbtLevel}`,
      place: document.placeOf(['require-dbt-version']),
    },
  ];
}

/** Things that dbt has and that are passed over here, or that set nothing. */
function furtherWarnings(
  { root, folder }: Pick<Project, 'root' | 'folder'>,
  document: YamlDocument,
  yaml: ProjectYaml,
): ProjectWarning[] {
  const warnings: ProjectWarning[] = [];
  if (yaml.analyses) {
    warnings.push({
      message: "'analyses' has no effect: dbt configures analyses under 'models'",
      place: document.placeOfKey(['analyses']),
    });
  }
  if (existsSync(join(root, '.dbtignore'))) {
    warnings.push({
      message: '.dbtignore is not supported: techstore reads the files that it lists',
      place: { file: `${folder}.dbtignore` },
    });
  }
  return warnings;
}

/** `--target-path` sets the variable. As in dbt, the path is relative to the project. */
function targetPathOfEnv(root: string): string | undefined {
  const path = process.env['DBT_TARGET_PATH'] ?? '';
  return path === '' ? undefined : relative(root, resolve(root, path)) || '.';
}
