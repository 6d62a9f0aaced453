/** `run-operation`: one macro, on what is published. */
import { TechstoreError } from '../../errors.js';
import { Float } from '../../jinja/index.js';
import { parseYaml } from '../../project/index.js';
import { macroNamed, runOperation as run } from '../../run/run-operation.js';
import { onInterrupt } from '../interrupt.js';
import { load } from '../load.js';
import type { ProjectOptions, WaitOption } from '../options.js';
import { did } from '../output.js';
import { reporterOf } from '../reporter.js';
import { runResult } from '../run-result.js';
import { waitOptions } from '../wait-options.js';
import { writeRunArtifacts } from '../write-artifacts.js';
import { inStore } from './run-nodes.js';

export interface OperationOptions extends ProjectOptions, WaitOption {
  /** YAML of a map. */
  readonly args?: string;
}

const command = 'run-operation';

/** @param name `macro`, or `package.macro` */
export async function runOperation(name: string, options: OperationOptions): Promise<void> {
  const args = argumentsOf(options.args);
  const reporter = await reporterOf(options);
  const project = load(command, options, reporter.logger);
  for (const warning of project.warnings) reporter.warning(warning);
  const macro = macroNamed(name, project.compiler);
  await inStore(project, reporter, async (store) => {
    const { signal, end } = onInterrupt();
    try {
      const { result, error } = await run({
        compiler: project.compiler,
        store,
        macro,
        args,
        lock: waitOptions(`techstore ${command} ${name}`, options, (text) =>
          reporter.listener.note(text),
        ),
        signal,
      });
      if (error === null) did(`The macro ${macro.entry.name} ran`);
      const told = runResult(command, options, project, [result]);
      await writeRunArtifacts(project, {
        ...told,
        args: { ...told.args, macro: name, args: options.args },
      });
      if (error !== null) throw asFailure(error);
    } finally {
      end();
      reporter.end();
    }
  });
}

/** A macro that fails is like a node that does: exit code 1. */
function asFailure(error: TechstoreError): TechstoreError {
  const { code, message, place, hint, excerpt, stackOfCalls } = error;
  return new TechstoreError(code, message, {
    ...(place === undefined ? {} : { place }),
    ...(hint === undefined ? {} : { hint }),
    ...(excerpt === undefined ? {} : { excerpt }),
    stackOfCalls,
    exitCode: 1,
    cause: error,
  });
}

function argumentsOf(text: string | undefined): Readonly<Record<string, unknown>> {
  if (text === undefined) return {};
  const { value } = parseYaml(text, '--args', { float: (number) => new Float(number) });
  if (value === null) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new TechstoreError('usage', `--args must be a map of keys, not ${JSON.stringify(value)}`, {
    hint: "Write the arguments by name, as YAML or JSON: --args '{days: 30}'.",
  });
}
