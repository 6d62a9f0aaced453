/** What is shown, as files. */
import { Menu } from './menu.js';

export const exportKinds = ['svg', 'png', 'mermaid'] as const;
export type ExportKind = (typeof exportKinds)[number];

const words: Readonly<Record<ExportKind, string>> = { svg: 'SVG', png: 'PNG', mermaid: 'Mermaid' };

export interface ExportMenuProps {
  readonly onExport: (kind: ExportKind) => void;
  readonly isReady: boolean;
}

export function ExportMenu({ onExport, isReady }: ExportMenuProps) {
  return (
    <Menu title="Export">
      {exportKinds.map((kind) => (
        <button key={kind} type="button" disabled={!isReady} onClick={() => onExport(kind)}>
          {words[kind]}
        </button>
      ))}
    </Menu>
  );
}
