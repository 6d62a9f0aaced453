/** `deps`: the only command that gets packages; all others read what is installed. */
import { Float } from '../../jinja/index.js';
import {
  addToList,
  installPackages,
  secretsOfUrl,
  shownUrl,
  type PackageKind,
} from '../../packages/index.js';
import { loadEnvironment, loadProject, type Render } from '../../project/index.js';
import { onInterrupt } from '../interrupt.js';
import { commandLineVars, profileRender } from '../load.js';
import { did } from '../output.js';
import type { ProjectOptions } from '../options.js';
import { projectDir } from '../project-dir.js';
import { reporterOf } from '../reporter.js';
import { rememberSecrets, rememberSecretsOf } from '../secrets.js';

export interface DepsCommandOptions extends Pick<
  ProjectOptions,
  'projectDir' | 'vars' | 'debug' | 'quiet' | 'color'
> {
  readonly upgrade?: boolean;
  readonly lock?: boolean;
  /** `name@version`. */
  readonly addPackage?: string;
  readonly source: PackageKind;
}

export async function deps(options: DepsCommandOptions): Promise<void> {
  const root = projectDir(options.projectDir);
  const vars = commandLineVars(options.vars);
  const project = loadProject(root, { vars, float: (value) => new Float(value) });
  const env = loadEnvironment(root, process.env);
  rememberSecretsOf(env);
  const reporter = await reporterOf(options);
  const say = (line: string): void => {
    if (options.quiet !== true) process.stdout.write(`${line}\n`);
  };
  if (options.addPackage !== undefined) {
    rememberSecrets(secretsOfUrl(options.addPackage));
    const { file, replaced } = addToList(root, options.addPackage, options.source);
    const shown = shownUrl(options.addPackage);
    did(`${shown} is in ${file}`);
    const gone = replaced.map(shownUrl).join(', ');
    say(`Added ${shown} to ${file}${gone === '' ? '' : `, in place of ${gone}`}`);
  }
  const { signal, end } = onInterrupt();
  try {
    const outcome = await installPackages({
      project,
      env,
      render: rememberingSecrets(profileRender(env, project)),
      signal,
      warn: (warning) => reporter.warning(warning),
      upgrade: options.upgrade ?? false,
      lockOnly: options.lock ?? false,
    });
    if (outcome.packages.length === 0)
      say('No packages are listed in packages.yml or dependencies.yml');
    if (outcome.installed) did(`${outcome.packages.length} packages are installed`);
    for (const { name, shown, newer } of outcome.packages) {
      const hint = newer === null ? '' : ` (${newer} is available: see techstore deps --upgrade)`;
      say(`${outcome.installed ? 'Installed' : 'Locked'} ${name}: ${shown}${hint}`);
    }
    if (outcome.locked) say('Wrote package-lock.yml');
  } finally {
    end();
    reporter.end();
  }
}

/** A token of an address is as secret as one of the environment. */
function rememberingSecrets(render: Render): Render {
  return (text, place) => {
    const value = render(text, place);
    if (typeof value === 'string') rememberSecrets(secretsOfUrl(value));
    return value;
  };
}
