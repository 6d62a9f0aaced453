/** What happens to a statement whose session is lost after the server took it. */
import { expect, it } from 'vitest';
import { DatabricksConnection } from '../../../src/engine/databricks/databricks-connection.js';
import { FailedCall } from '../../../src/engine/databricks/failure.js';
import type { Sessions } from '../../../src/engine/databricks/sessions.js';
import type { Warehouse } from '../../../src/engine/databricks/warehouse.js';

/** A server that takes each statement and knows no session any more when it is asked about it, once. */
function server() {
  const calls: string[] = [];
  let isLost = true;
  const warehouse = {
    options: {},
    limits: { attempts: 5, firstWaitMs: 1, longestWaitMs: 1, patienceMs: 1000 },
    call: async (method: string) => {
      calls.push(method);
      if (method === 'executeStatement')
        return { operationHandle: { hasResultSet: false }, status: {} };
      if (method === 'getOperationStatus' && isLost) {
        isLost = false;
        throw new FailedCall('Invalid SessionHandle', { kind: 'session' });
      }
      // FINISHED_STATE of Thrift.
      return { operationState: 2, hasResultSet: false, status: {} };
    },
  } as unknown as Warehouse;
  const closed: unknown[] = [];
  const sessions = {
    take: async () => ({
      handle: { sessionId: { guid: Buffer.alloc(16), secret: Buffer.alloc(16) } },
    }),
    close: async (session: unknown) => void closed.push(session),
    forget: () => undefined,
    giveBack: () => undefined,
  } as unknown as Sessions;
  const errors = { host: 'h', httpPath: '/p', redact: (text: string) => text };
  const connection = new DatabricksConnection(warehouse, sessions, errors, () => undefined);
  const sent = (): number => calls.filter((call) => call === 'executeStatement').length;
  return { connection, sent, closed };
}

it('a write is not sent again: it may have run; its session is closed, which ends it', async () => {
  const { connection, sent, closed } = server();
  await expect(connection.run('INSERT INTO t VALUES (1)')).rejects.toThrow();
  expect(sent()).toBe(1);
  expect(closed).toHaveLength(1);
});

it('a query is sent again', async () => {
  const { connection, sent } = server();
  await connection.query('SELECT 1');
  expect(sent()).toBe(2);
});
