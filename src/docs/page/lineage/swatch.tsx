/** The colour of a layer. */
import type { LayerColour } from '../../../lineage/layers.js';

export function Swatch({ colour }: { readonly colour: LayerColour | undefined }) {
  return (
    <svg class="swatch" viewBox="0 0 12 12" aria-hidden="true">
      <rect x="1" y="1" width="10" height="10" rx="2" fill={colour?.fill} stroke={colour?.border} />
    </svg>
  );
}
