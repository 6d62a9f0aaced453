/** A gateway of one's own before the Spark that all tests share. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import {
  openDatabricks,
  type DatabricksEngine,
  type DatabricksOptions,
} from '../../src/engine/databricks/index.js';
import {
  startGateway,
  warehousePath,
  type Gateway,
  type GatewayOptions,
} from './gateway/gateway.js';
import { sparkHome } from '../../scripts/lib/spark-environment.mjs';

/** Catalog of the stand-in: open-source Spark has no other. */
export const catalog = 'spark_catalog';

/** Looks like one, opens nothing. */
export const token = 'dapi-stand-in-0123456789';

export const caFile = join(sparkHome, 'tls', 'ca.pem');

export interface StandIn {
  readonly gateway: Gateway;
  /** Tokens that are let in. */
  readonly tokens: Set<string>;
  readonly options: DatabricksOptions;
  /** Another engine, closed with the stand-in. */
  open(more?: Partial<DatabricksOptions>): Promise<DatabricksEngine>;
  close(): Promise<void>;
}

export async function standIn(
  more: Partial<GatewayOptions> & { readonly server?: 'server' | 'stranger' } = {},
): Promise<StandIn> {
  const tokens = new Set([token]);
  const gateway = await startGateway({
    sparkPort: inject('sparkPort'),
    pfx: readFileSync(join(sparkHome, 'tls', `${more.server ?? 'server'}.p12`)),
    passphrase: 'stand-in',
    tokens,
    ...more,
  });
  const options: DatabricksOptions = {
    host: `localhost:${gateway.port}`,
    httpPath: warehousePath,
    auth: { kind: 'token', token },
    database: catalog,
    caCert: readFileSync(caFile, 'utf8'),
    limits: { firstWaitMs: 20, longestWaitMs: 200, patienceMs: 5000 },
  };
  const engines: DatabricksEngine[] = [];
  return {
    gateway,
    tokens,
    options,
    open: async (given) => {
      const engine = await openDatabricks({ ...options, ...given });
      engines.push(engine);
      return engine;
    },
    close: async () => {
      await Promise.all(engines.map((engine) => engine.close()));
      await gateway.close();
    },
  };
}
