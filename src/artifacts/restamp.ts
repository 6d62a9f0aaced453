/** An artifact of an earlier run as that of another run with the same outcome. */

export interface RunStamp {
  readonly invocationId: string;
  readonly startedAt: Date;
  readonly generatedAt: Date;
}

/**
 * Sets what `metadata` says of the run. The text is not parsed: a manifest is large, and `metadata`
 * is the first that it holds.
 */
export function restamped(
  json: string,
  { invocationId, startedAt, generatedAt }: RunStamp,
): string {
  const end = json.indexOf('}');
  const values: Readonly<Record<string, string>> = {
    invocation_id: invocationId,
    invocation_started_at: startedAt.toISOString(),
    generated_at: generatedAt.toISOString(),
  };
  const metadata = json
    .slice(0, end)
    .replace(
      /"(invocation_id|invocation_started_at|generated_at)":"[^"]*"/g,
      (_all, key: string) => `${JSON.stringify(key)}:${JSON.stringify(values[key])}`,
    );
  return metadata + json.slice(end);
}
