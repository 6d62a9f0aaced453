/** Which macros could name a node, found in their text: those that can't need not be rendered while parsing. */
import type { MacroRegistry, RegisteredMacro } from '../macro-registry.js';

/** Calls that parsing looks for, and ways to get at them or at other macros by a name that is made up. */
const telling = /\b(?:ref|source|builtins|context|graph|statement)\b|\bconfig\s*\(|\bvarargs\b/;

export class MacroCalls {
  readonly #known = new Map<string, boolean>();
  #byBareName: Map<string, RegisteredMacro[]> | undefined;

  /** True where the macro, or one that it may call, could call ref, source or config. */
  mayRead(macro: RegisteredMacro, registry: MacroRegistry): boolean {
    const { uniqueId, macroSql } = macro.entry;
    const known = this.#known.get(uniqueId);
    if (known !== undefined) return known;
    // A macro that calls itself adds nothing to what it is found to do otherwise.
    this.#known.set(uniqueId, false);
    const may =
      telling.test(macroSql) ||
      this.#calledBy(macroSql, registry).some((m) => this.mayRead(m, registry));
    this.#known.set(uniqueId, may);
    return may;
  }

  /** Every macro whose name stands in the text, also behind the prefix of a dispatch. */
  #calledBy(text: string, registry: MacroRegistry): RegisteredMacro[] {
    const words = new Set(text.match(/[A-Za-z_]\w*/g));
    this.#byBareName ??= byBareName(registry);
    return [...words].flatMap((word) => [
      ...registry.named(word),
      ...(this.#byBareName?.get(word) ?? []),
    ]);
  }
}

/** Macros that are dispatched to, by their names without the prefix: `default__cents` by `cents`. */
function byBareName(registry: MacroRegistry): Map<string, RegisteredMacro[]> {
  const found = new Map<string, RegisteredMacro[]>();
  for (const macro of registry.all()) {
    const bare = /^(?:[a-z]+)__(.+)$/.exec(macro.entry.name)?.[1];
    if (bare === undefined) continue;
    found.set(bare, [...(found.get(bare) ?? []), macro]);
  }
  return found;
}
