/** Names for the keys of an object: a query may give two columns one name. */

/** `a, a, b` becomes `a, a_1, b`; a name that is there already is left alone. */
export function uniqueNames(names: readonly string[]): string[] {
  const given = new Set(names);
  const taken = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let n = 1; taken.has(unique) || (n > 1 && given.has(unique)); n += 1) {
      unique = `${name}_${n}`;
    }
    taken.add(unique);
    return unique;
  });
}
