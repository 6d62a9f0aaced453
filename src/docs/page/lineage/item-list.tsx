/** A titled list of tables or columns that are followed by a click. */

export interface Item {
  readonly key: string | number;
  readonly text: string;
  readonly note?: string | null | undefined;
  /** Default: it is only told. */
  readonly go?: () => void;
}

export interface ItemListProps {
  readonly title: string;
  readonly items: readonly Item[];
}

/** Nothing at all where there are no items. */
export function ItemList({ title, items }: ItemListProps) {
  if (items.length === 0) return null;
  return (
    <>
      <h3>
        {title} <span class="side-text">{items.length}</span>
      </h3>
      <ul>
        {items.map(({ key, text, note, go }) => (
          <li key={key}>
            {go === undefined ? (
              <span>{text}</span>
            ) : (
              <button type="button" class="quiet" onClick={go}>
                {text}
              </button>
            )}
            {note !== null && note !== undefined && note !== '' && (
              <span class="side-text">{note}</span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
