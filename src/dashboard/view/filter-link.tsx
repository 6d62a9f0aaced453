/** A link to the same page with other filters: the browser's history and new tabs work with it. */
import type { ComponentChildren } from 'preact';
import { writeFilters, type Filters } from '../model/filters.js';

export interface FilterLinkProps {
  readonly filters: Filters;
  readonly isCurrent: boolean;
  readonly onFilter: (filters: Filters) => void;
  readonly label?: string;
  readonly children: ComponentChildren;
}

export function FilterLink({ filters, isCurrent, onFilter, label, children }: FilterLinkProps) {
  return (
    <a
      href={`/dashboard${writeFilters(filters)}`}
      aria-current={isCurrent ? 'true' : undefined}
      aria-label={label}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        onFilter(filters);
      }}
    >
      {children}
    </a>
  );
}
