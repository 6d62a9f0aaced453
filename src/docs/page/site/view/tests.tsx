/** Tests with what came of them last. */
import type { SiteNode } from '../site-data.js';
import { NodeLink, Scrolled, Status } from './parts.js';
import { useShown } from './site-context.js';

export function Tests(props: { readonly tests: readonly SiteNode[]; readonly of: SiteNode }) {
  const { formats } = useShown();
  return (
    <Scrolled label={`Tests of ${props.of.name}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">Test</th>
            <th scope="col">Column</th>
            <th scope="col">Last result</th>
            <th scope="col" class="number">
              Failing rows
            </th>
          </tr>
        </thead>
        <tbody>
          {props.tests.map((test) => (
            <tr key={test.id}>
              <th scope="row">
                <NodeLink node={test} />
                <span class="side-text">
                  {test.type === 'unit_test' ? 'unit test' : test.test?.kind}
                  {test.test?.node === props.of.id || test.type === 'unit_test' ? '' : ', reads it'}
                </span>
              </th>
              <td>{test.test?.node === props.of.id ? test.test.column : ''}</td>
              <td>
                <Status status={test.result?.status ?? null} />
              </td>
              <td class="number">
                {test.result?.failures == null ? '' : formats.count(test.result.failures)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}
