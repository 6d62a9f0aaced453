/** What a unit test puts in the place of macros and of other names. */
import { fromHost, HostFunction, HostObject, MacroValue, type Value } from '../jinja/index.js';
import { hostFunction } from './host-values.js';
import { builtInPackage } from './macro-registry.js';
import { didYouMeanFirst } from '../ground/did-you-mean.js';
import type { Session } from './session.js';

export interface MacroOverrides {
  /** By the names that stand without a package. */
  readonly global: ReadonlyMap<string, Value>;
  readonly ofPackage: ReadonlyMap<string, ReadonlyMap<string, Value>>;
}

/**
 * dbt's rules: `current_timestamp` is replaced with and without `dbt.` before it, and so is
 * `dbt.current_timestamp`; `shop.cents` only where it is called so. What can be called answers
 * the value, whatever its arguments; any other name has it.
 *
 * @param names what a name means that is no macro
 */
export function macroOverrides(
  given: Readonly<Record<string, unknown>>,
  session: Session,
  names: (name: string) => Value | undefined,
): MacroOverrides {
  const global = new Map<string, Value>();
  const ofPackage = new Map<string, Map<string, Value>>();
  const setIn = (packageName: string, name: string, value: Value): void => {
    ofPackage.set(
      packageName,
      (ofPackage.get(packageName) ?? new Map<string, Value>()).set(name, value),
    );
  };
  const { macros } = session;
  // Those without a package come last, since they win.
  const entries = Object.entries(given).sort(
    ([a], [b]) => Number(b.includes('.')) - Number(a.includes('.')),
  );
  for (const [written, data] of entries) {
    const parts = written.split('.');
    const name = parts.at(-1) ?? written;
    const packageName = parts.length === 2 ? parts[0] : undefined;
    const macro =
      packageName === undefined
        ? macros.find(name)?.value
        : macros.inPackage(packageName, name)?.value;
    const before =
      macro ??
      (packageName === undefined || packageName === builtInPackage ? names(name) : undefined);
    if (before === undefined) {
      session.log.warn(
        `A unit test overrides ${written}, but neither the project nor dbt has such a macro. ${didYouMeanFirst(name, macros.names())}`.trim(),
      );
      continue;
    }
    const value = fromHost(data);
    const replaced = isCallable(before) ? hostFunction(name, () => value) : value;
    if (packageName !== undefined) setIn(packageName, name, replaced);
    if (packageName === undefined || packageName === builtInPackage) {
      global.set(name, replaced);
      if (macros.inPackage(builtInPackage, name) !== undefined || macro === undefined) {
        setIn(builtInPackage, name, replaced);
      }
    }
  }
  return { global, ofPackage };
}

function isCallable(value: Value): boolean {
  return (
    value instanceof MacroValue ||
    value instanceof HostFunction ||
    (value instanceof HostObject && value.call !== undefined)
  );
}
