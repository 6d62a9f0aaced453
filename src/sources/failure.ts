/**
 * The kind of a failure of the database: the `kind` that the engine gives its
 * errors, else the first words of DuckDB's own text (`Conversion Error: …` is
 * `conversion`). `interrupted` when the user ended the statement.
 */
export function failureKind(error: unknown): string {
  if (!(error instanceof Error)) return 'other';
  if ('code' in error && error.code === 'interrupted') return 'interrupted';
  if ('kind' in error && typeof error.kind === 'string') return error.kind;
  const kind = /^([A-Za-z ]+) Error\b/.exec(error.message)?.[1] ?? 'other';
  const name = kind.toLowerCase().replaceAll(' ', '-');
  return name === 'interrupt' ? 'interrupted' : name;
}

/** What is wrong with a file that the system can't open or read; undefined for any other error. */
export function fileProblem(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined;
  return error.code === 'ENOENT'
    ? 'the file is missing'
    : `the file cannot be read (${String(error.code)})`;
}
