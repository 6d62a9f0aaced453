/** A button that opens a small panel; Escape and a click elsewhere close it. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

export interface MenuProps {
  readonly title: string;
  /** How many of its choices are made; 0 says nothing. */
  readonly count?: number;
  readonly children: ComponentChildren;
}

export function Menu({ title, count = 0, children }: MenuProps) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event): void => {
      const { current } = details;
      if (current !== null && !current.contains(event.target as Node)) current.open = false;
    };
    addEventListener('pointerdown', close);
    addEventListener('focusin', close);
    return () => {
      removeEventListener('pointerdown', close);
      removeEventListener('focusin', close);
    };
  }, []);
  return (
    <details
      ref={details}
      class={count > 0 ? 'menu used' : 'menu'}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || details.current?.open !== true) return;
        event.stopPropagation();
        details.current.open = false;
        details.current.querySelector('summary')?.focus();
      }}
    >
      <summary>{count > 0 ? `${title} (${count})` : title}</summary>
      <div class="menu-panel">{children}</div>
    </details>
  );
}
