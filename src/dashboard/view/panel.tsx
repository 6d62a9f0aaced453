/** A titled part of the page. */
import type { ComponentChildren } from 'preact';

export interface PanelProps {
  /** Names its place in the grid. */
  readonly id: string;
  readonly title: string;
  /** What the figures are of, beside the title. */
  readonly scope?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Panel({ id, title, scope, children }: PanelProps) {
  return (
    <section class="panel" id={id} aria-labelledby={`${id}-title`}>
      <header class="panel-head">
        <h2 id={`${id}-title`}>{title}</h2>
        {scope !== undefined && <div class="panel-scope">{scope}</div>}
      </header>
      {children}
    </section>
  );
}

export function Empty({ children }: { readonly children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}
