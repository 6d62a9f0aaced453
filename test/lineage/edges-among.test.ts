import fc from 'fast-check';
import { expect, test } from 'vitest';
import { edgesAmong } from '../../src/lineage/edges-among.js';
import { nodeLineage } from '../../src/lineage/index.js';
import { loaded } from './shop.js';

const { project, graph } = loaded();
const ids = [...project.manifest.nodes.keys()];
const whole = nodeLineage(project.manifest, graph, ids);
const order = whole.nodes.map(({ id }) => id);

test('The edges among any nodes are those that the whole project would give of them', () => {
  const tables = ids.filter((id) => /^(model|seed|source)\./.test(id));
  const part = fc.oneof(fc.subarray(ids), fc.subarray(tables));
  fc.assert(
    fc.property(part, (some) => {
      const { edges } = nodeLineage(project.manifest, graph, some);

      expect(edgesAmong(order, whole.edges, new Set(some))).toEqual(edges);
    }),
    { numRuns: 100 },
  );
});

test('All of them are all edges', () => {
  expect(edgesAmong(order, whole.edges, new Set(ids))).toEqual(whole.edges);
});
