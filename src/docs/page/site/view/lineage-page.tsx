/** The room of the lineage. */
import { useMemo } from 'preact/hooks';
import { LineageView } from '../../lineage/lineage-view.js';
import { readViewState, writeViewState } from '../../lineage/view-state.js';
import { hrefOf } from '../model/route.js';
import { lineageOf } from '../model/lineage-of.js';
import { useShown } from './site-context.js';

export function LineagePage({ query }: { readonly query: URLSearchParams }) {
  const { site, go } = useShown();
  const data = useMemo(() => lineageOf(site.data), [site]);
  return (
    <>
      <h1 tabIndex={-1}>Lineage</h1>
      <LineageView
        data={data}
        state={readViewState(query)}
        onState={(state) => go(`#/lineage?${writeViewState(state).toString()}`)}
        hrefOf={(id) => {
          const node = site.node(id);
          return node === null ? '#/' : hrefOf(node);
        }}
      />
    </>
  );
}
