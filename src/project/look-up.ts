/** Records whose keys are users' words. */

/** What a table has under a user's word: its own entries alone, never those of its prototype. */
export function lookUp<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** Sets an entry of one's own, also under a name such as `__proto__`, which plain assignment takes otherwise. */
export function setOwn(record: object, key: string, value: unknown): void {
  Object.defineProperty(record, key, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

/** Sets all entries of another record: as Object.assign, but see {@link setOwn}. */
export function assignOwn(record: object, more: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(more)) setOwn(record, key, value);
}
