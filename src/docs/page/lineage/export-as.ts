/** Saves what is shown as a file, in the colours of the page. */
import type { Measure } from './boxes.js';
import type { LineageDrawing } from './drawing.js';
import type { ExportKind } from './export-menu.js';
import { fileName } from './file-name.js';
import { columnName } from './graph.js';
import { mermaidText } from './mermaid-text.js';
import { darkPaint, lightPaint } from './paint.js';
import { pngOf, saveFile } from './save-file.js';
import { svgText } from './svg-text.js';

export async function exportAs(
  kind: ExportKind,
  drawing: LineageDrawing,
  measure: Measure,
): Promise<void> {
  const { graph, shown } = drawing;
  const focus =
    shown.focus === null
      ? null
      : shown.column === null
        ? (graph.nodes[shown.focus]?.name ?? null)
        : columnName(graph, shown.column);
  const named = (ending: string): string => fileName(graph.project, focus, ending);
  if (kind === 'mermaid') {
    saveFile(named('mmd'), new Blob([mermaidText(graph, shown)], { type: 'text/plain' }));
    return;
  }
  const title = `Lineage of ${focus ?? graph.project}`;
  const { text, width, height } = svgText(
    drawing,
    title,
    isDark() ? darkPaint : lightPaint,
    measure,
  );
  if (kind === 'svg') saveFile(named('svg'), new Blob([text], { type: 'image/svg+xml' }));
  else saveFile(named('png'), await pngOf(text, { width, height }));
}

/** As the page looks now: by its own choice or by the system's. */
function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  if (theme === 'light' || theme === 'dark') return theme === 'dark';
  return matchMedia('(prefers-color-scheme: dark)').matches;
}
