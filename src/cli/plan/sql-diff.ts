import { structuredPatch } from 'diff';

/** Lines of a unified diff, without the names of files. */
export function sqlDiff(before: string, now: string): string[] {
  const { hunks } = structuredPatch('', '', before, now, undefined, undefined, { context: 2 });
  return hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
    ...lines.filter((line) => !line.startsWith('\\')),
  ]);
}
