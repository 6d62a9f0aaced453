/** Opens the SQL warehouse of a profile. */
import { TechstoreError } from '../../errors.js';
import type { DatabricksEngine } from '../../engine/databricks/index.js';
import type { DatabricksTarget } from '../../project/index.js';
import { readRegularFile, whyUnreadable } from '../../regular-file.js';

export interface WarehouseOptions {
  /** Receives messages while the warehouse starts. */
  readonly onNotice?: (message: string) => void;
  /** Query tags of every statement: the id of the run. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** @throws TechstoreError `profile` if the certificate file cannot be read */
export async function openWarehouse(
  target: DatabricksTarget,
  options: WarehouseOptions = {},
): Promise<DatabricksEngine> {
  const { openDatabricks } = await import('../../engine/databricks/index.js');
  const { auth } = target;
  return openDatabricks({
    host: target.host,
    httpPath: target.httpPath,
    database: target.database,
    auth:
      auth.kind === 'token'
        ? { kind: 'token', token: auth.token.reveal() }
        : { kind: 'oauth', clientId: auth.clientId, clientSecret: auth.clientSecret.reveal() },
    caCert: target.caFile === null ? undefined : certificatesOf(target.caFile),
    ...options,
  });
}

function certificatesOf(file: string): string {
  try {
    const text = readRegularFile(file).toString('utf8');
    if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
    throw new Error('it contains no PEM certificate');
  } catch (cause) {
    throw new TechstoreError('profile', `ca_file ${file} cannot be used: ${whyUnreadable(cause)}`, {
      hint: 'Set ca_file in profiles.yml to a file with PEM certificates.',
      cause,
    });
  }
}
