/** profiles.yml: the profile of the project and its chosen target. */
import { resolve } from 'node:path';
import { TechstoreError, type Place } from '../errors.js';
import type { Environment } from './environment.js';
import { excerptOf } from './excerpt.js';
import { findProfilesFile } from './find-profiles.js';
import type { Project } from './load-project.js';
import type { Profile } from './profile.js';
import { adapterTypes } from './profile-schema.js';
import { readText } from './read-text.js';
import { didYouMean } from '../ground/did-you-mean.js';
import { readTarget } from './target.js';
import { parseYaml, type YamlDocument } from './yaml-document.js';
import type { YamlPath } from './yaml-path.js';

/** Renders Jinja in a text natively: a number, a boolean or text comes out. */
export type Render = (text: string, place: Place) => unknown;

export interface LoadProfileOptions {
  readonly env: Environment;
  /** Applied to texts with Jinja of the chosen target, to `target` and to the profile's name. */
  readonly render: Render;
  readonly profilesDir?: string | undefined;
  /** `--target`; default the profile's `target`, else `default`. */
  readonly target?: string | undefined;
  /** `--profile`; default the project's. */
  readonly profile?: string | undefined;
  /** `--threads`. */
  readonly threads?: number | undefined;
}

type YamlMap = Record<string, unknown>;

function isMap(value: unknown): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fail(document: YamlDocument, path: YamlPath, message: string, hint?: string): never {
  const place = document.placeOf(path);
  throw new TechstoreError('profile', message, {
    place,
    ...(hint === undefined ? {} : { hint }),
    ...(place.line === undefined
      ? {}
      : { excerpt: excerptOf(document.text, place.line, place.column) }),
  });
}

function join(...parts: (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(' ');
}

/** Faults of rendering get the place of the value, whatever the engine knew. */
function renderAt(document: YamlDocument, path: YamlPath, text: string, render: Render): unknown {
  if (!/\{[{%#]/.test(text)) return text;
  const place = document.placeOf(path);
  try {
    return render(text, place);
  } catch (cause) {
    const variable = /env_var\(\s*['"]([^'"]+)['"]\s*\)/.exec(text)?.[1];
    const message = cause instanceof Error ? cause.message : String(cause);
    const hint =
      cause instanceof TechstoreError && cause.hint !== undefined
        ? cause.hint
        : variable === undefined
          ? undefined
          : `Set ${variable} in the environment or in the project's .env file.`;
    throw new TechstoreError('profile', message, {
      place,
      ...(hint === undefined ? {} : { hint }),
      excerpt: excerptOf(document.text, place.line ?? 1, place.column),
      cause,
    });
  }
}

function renderAll(
  document: YamlDocument,
  path: YamlPath,
  value: unknown,
  render: Render,
): unknown {
  if (typeof value === 'string') return renderAt(document, path, value, render);
  if (Array.isArray(value)) {
    return value.map((item, i) => renderAll(document, [...path, i], item, render));
  }
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      renderAll(document, [...path, key], item, render),
    ]),
  );
}

function profileName(project: Project, options: LoadProfileOptions): string {
  const named = options.profile ?? project.profile;
  if (named === null) {
    throw new TechstoreError('profile', 'dbt_project.yml does not name a profile', {
      place: { file: project.file },
      hint: "Add 'profile: …' with a name from profiles.yml, or pass --profile.",
    });
  }
  if (options.profile !== undefined || !/\{[{%]/.test(named)) return named;
  return String(options.render(named, project.profilePlace));
}

function chooseTarget(
  document: YamlDocument,
  profile: YamlMap,
  name: string,
  options: LoadProfileOptions,
): { targetName: string; targetNames: string[]; raw: YamlMap } {
  const written = profile['target'];
  const targetName =
    options.target ??
    (typeof written === 'string'
      ? String(renderAt(document, [name, 'target'], written, options.render))
      : 'default');
  const outputs = profile['outputs'];
  if (!isMap(outputs) || Object.keys(outputs).length === 0) {
    fail(
      document,
      [name],
      `The profile '${name}' has no outputs`,
      "Add 'outputs:' with a target under it, such as dev.",
    );
  }
  const raw = Object.hasOwn(outputs, targetName) ? outputs[targetName] : undefined;
  if (raw === undefined) {
    const names = Object.keys(outputs);
    const silent = options.target === undefined && written === undefined;
    fail(
      document,
      written === undefined || options.target !== undefined ? [name, 'outputs'] : [name, 'target'],
      silent
        ? `The profile '${name}' sets no default target and has no target named 'default'`
        : `The profile '${name}' has no target '${targetName}'`,
      join(
        didYouMean(targetName, names),
        `Its targets: ${names.join(', ')}.`,
        silent ? `Add 'target: ${names[0]}', or pass --target.` : undefined,
      ),
    );
  }
  if (!isMap(raw)) {
    fail(document, [name, 'outputs', targetName], `The target '${targetName}' is empty`);
  }
  return { targetName, targetNames: Object.keys(outputs), raw };
}

/**
 * Reads the profile of a project. Only the chosen target is rendered, so a
 * variable that another target needs may be missing.
 * @throws TechstoreError 'profile' with place and hint: no profiles.yml, profile
 * or target, a type that is not supported, a value that is missing or wrong, an
 * environment variable that is not set.
 */
export function loadProfile(project: Project, options: LoadProfileOptions): Profile {
  const found = findProfilesFile(project.root, options.profilesDir, options.env);
  const document = parseYaml(readText(found.absolutePath, found.name), found.name);
  const profiles = isMap(document.value) ? document.value : {};
  const name = profileName(project, options);
  const names = Object.keys(profiles).filter((key) => key !== 'config');
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (profile === undefined) {
    throw new TechstoreError('profile', `${found.name} has no profile '${name}'`, {
      place: options.profile === undefined ? project.profilePlace : { file: found.name },
      hint: join(
        didYouMean(name, names),
        names.length === 0 ? 'The file has no profiles.' : `Its profiles: ${names.join(', ')}.`,
      ),
    });
  }
  if (!isMap(profile)) {
    fail(document, [name], `The profile '${name}' is empty`, "It needs 'target' and 'outputs'.");
  }
  const { targetName, targetNames, raw } = chooseTarget(document, profile, name, options);
  const path = [name, 'outputs', targetName];
  const type = raw['type'];
  if (typeof type !== 'string' || !(adapterTypes as readonly string[]).includes(type)) {
    const given = typeof type === 'string' ? `has the type '${type}'` : 'has no type';
    fail(
      document,
      type === undefined ? path : [...path, 'type'],
      `The target '${targetName}' ${given}; supported types are ${adapterTypes.join(' and ')}`,
      typeof type === 'string' ? didYouMean(type, adapterTypes) : `Add 'type: duckdb'.`,
    );
  }
  const values = renderAll(document, path, raw, options.render) as YamlMap;
  const { target, threads, warnings } = readTarget(document, path, values, (file) =>
    resolve(project.root, file),
  );
  return {
    name,
    targetName,
    targetNames,
    file: found.absolutePath,
    target,
    threads: options.threads ?? threads,
    warnings,
  };
}
