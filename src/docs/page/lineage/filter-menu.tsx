/** The values of a filter, to choose any of them. */
import type { LayerColour } from '../../../lineage/layers.js';
import type { Choice } from './filters.js';
import { Menu } from './menu.js';
import { toggled } from './state-changes.js';
import { Swatch } from './swatch.js';

export interface FilterMenuProps {
  readonly title: string;
  readonly choices: readonly Choice[];
  readonly chosen: readonly string[];
  readonly onChoose: (chosen: readonly string[]) => void;
  readonly colours?: ReadonlyMap<string, LayerColour>;
}

export function FilterMenu({ title, choices, chosen, onChoose, colours }: FilterMenuProps) {
  if (choices.length === 0) return null;
  return (
    <Menu title={title} count={chosen.length}>
      <fieldset>
        <legend class="hidden">{title}</legend>
        {choices.map(({ value, count }) => (
          <label key={value}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={() => onChoose(toggled(chosen, value))}
            />
            {colours !== undefined && <Swatch colour={colours.get(value)} />}
            <span>{value}</span>
            <span class="side-text">{count}</span>
          </label>
        ))}
      </fieldset>
    </Menu>
  );
}
