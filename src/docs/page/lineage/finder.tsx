/** A field that finds tables and columns while one types: the pattern of a combobox with a list. */
import { useId, useState } from 'preact/hooks';
import { columnName, type PageGraph } from './graph.js';
import { search, type Match } from './search.js';

export interface FinderProps {
  readonly graph: PageGraph;
  readonly label: string;
  readonly withColumns: boolean;
  readonly onFind: (match: Match) => void;
  /** So that a key can go to it. */
  readonly inputClass?: string;
}

const limit = 50;

export function Finder({ graph, label, withColumns, onFind, inputClass }: FinderProps) {
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const id = useId();
  const matches = isOpen ? search(graph, text, limit + 1, withColumns) : [];
  const shown = matches.slice(0, limit);
  const isTyped = isOpen && text.trim() !== '';
  const choose = (match: Match | undefined): void => {
    if (match === undefined) return;
    setText('');
    setOpen(false);
    onFind(match);
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => setActive(Math.min(active + 1, shown.length - 1)),
    ArrowUp: () => setActive(Math.max(active - 1, 0)),
    Enter: () => choose(shown[active]),
    Escape: () => {
      setText('');
      setOpen(false);
    },
  };
  return (
    <div class="finder">
      <input
        type="search"
        role="combobox"
        class={inputClass}
        placeholder={label}
        aria-label={label}
        aria-expanded={isTyped && shown.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isTyped && shown.length > 0 ? `${id}-${active}` : undefined}
        list={undefined}
        autoComplete="off"
        spellcheck={false}
        value={text}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value);
          setActive(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={(event) => {
          const act = keys[event.key];
          if (act === undefined || (event.key === 'Escape' && text === '')) return;
          event.preventDefault();
          event.stopPropagation();
          act();
        }}
      />
      <div class="found" hidden={!isTyped}>
        <ul role="listbox" id={`${id}-list`} aria-label="Matches">
          {shown.map((match, i) => (
            <li
              key={`${match.node} ${match.column}`}
              id={`${id}-${i}`}
              role="option"
              aria-selected={i === active}
              ref={(element) => {
                if (i === active) element?.scrollIntoView({ block: 'nearest' });
              }}
              // The field keeps the focus, so that its list stays until the click.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(match)}
            >
              {match.column === null
                ? graph.nodes[match.node]?.name
                : columnName(graph, match.column)}{' '}
              <span class="side-text">
                {match.column === null ? graph.nodes[match.node]?.type : 'column'}
              </span>
            </li>
          ))}
        </ul>
        <p class="side-text" role="status">
          {!isTyped
            ? ''
            : matches.length === 0
              ? 'Nothing has this in its name.'
              : matches.length > limit
                ? `The first ${limit} matches. Type more of the name.`
                : ''}
        </p>
      </div>
    </div>
  );
}
