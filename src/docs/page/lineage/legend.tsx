/** Which colour is which layer. */
import type { LayerColour } from '../../../lineage/layers.js';
import { Swatch } from './swatch.js';

export function Legend({ colours }: { readonly colours: ReadonlyMap<string, LayerColour> }) {
  return (
    <ul class="lineage-legend" aria-label="Colours of the layers">
      {[...colours].map(([layer, colour]) => (
        <li key={layer}>
          <Swatch colour={colour} />
          {layer}
        </li>
      ))}
    </ul>
  );
}
