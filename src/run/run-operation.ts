/** Runs one macro on what is published: it belongs to no node and to no build. */
import { TechstoreError } from '../errors.js';
import type { BuildStore, LockOptions } from '../builds/index.js';
import { lazyBackend } from '../dbt/backend.js';
import type { Compiler } from '../dbt/compile.js';
import type { RegisteredMacro } from '../dbt/macro-registry.js';
import { didYouMeanFirst } from '../ground/did-you-mean.js';
import type { NodeResult } from '../manifest/results.js';
import { interrupted } from './interrupted.js';
import { emptyResult } from './node-result.js';
import { backendOf } from './node-run.js';

export interface OperationRequest {
  readonly compiler: Compiler;
  readonly store: BuildStore;
  readonly macro: RegisteredMacro;
  /** Arguments by name. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly lock: LockOptions;
  readonly signal: AbortSignal;
}

export interface OperationOutcome {
  readonly result: NodeResult;
  /** Why it failed. */
  readonly error: TechstoreError | null;
}

/**
 * @param name `macro`, or `package.macro`
 * @throws TechstoreError `usage` where there is none
 */
export function macroNamed(name: string, { session }: Pick<Compiler, 'session'>): RegisteredMacro {
  const { macros } = session;
  const dot = name.indexOf('.');
  const [packageName, own] = [name.slice(0, Math.max(dot, 0)), name.slice(dot + 1)];
  const found = dot < 0 ? macros.findAnywhere(own) : macros.inPackage(packageName, own);
  if (found !== undefined) return found;
  const isPackage = dot < 0 || macros.hasPackage(packageName);
  throw new TechstoreError(
    'usage',
    isPackage
      ? `There is no macro '${own}'${dot < 0 ? '' : ` in the package ${packageName}`}`
      : `There is no package '${packageName}'`,
    {
      hint: `${didYouMeanFirst(own, macros.names())}Name a macro of the project, or one of dbt's: dbt.current_timestamp.`,
    },
  );
}

/** @throws TechstoreError what is no fault of the macro: `lock`, `interrupted` */
export async function runOperation(request: OperationRequest): Promise<OperationOutcome> {
  const { compiler, store, macro, signal } = request;
  const startedAt = new Date();
  const clock = performance.now();
  let compiledAt = startedAt;
  let begun = false;
  let error: TechstoreError | null = null;
  try {
    await store.operate({ ...request.lock, signal }, async (operation) => {
      begun = true;
      compiledAt = new Date();
      const backend = lazyBackend(async () => backendOf(await operation.connect()));
      await compiler.call(macro, request.args, backend);
      if (signal.aborted) throw interrupted();
    });
  } catch (thrown) {
    if (signal.aborted) throw interrupted();
    if (!(thrown instanceof TechstoreError) || !begun) throw thrown;
    if (thrown.code === 'lock' || thrown.code === 'interrupted') throw thrown;
    error = thrown;
  }
  const completedAt = new Date();
  return {
    error,
    result: {
      ...emptyResult(macro.entry.uniqueId, error === null ? 'success' : 'error'),
      message: error?.message ?? null,
      // As dbt counts them.
      failures: error === null ? 0 : 1,
      timing: [
        { name: 'compile', startedAt, completedAt: compiledAt },
        { name: 'execute', startedAt: compiledAt, completedAt },
      ],
      executionTime: (performance.now() - clock) / 1000,
      thread: 'MainThread',
    },
  };
}
