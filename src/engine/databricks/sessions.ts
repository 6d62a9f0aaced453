/** Sessions of a warehouse: one for each connection at a time, kept a while for the next one. */
import type { TSessionHandle } from '@databricks/sql/thrift/TCLIService_types.js';
import { types, type Warehouse } from './warehouse.js';

export interface Session {
  readonly handle: TSessionHandle;
}

const IDLE_MS = 5 * 60_000;

export class Sessions {
  private readonly warehouse: Warehouse;
  private readonly idle: { readonly session: Session; readonly timer: NodeJS.Timeout }[] = [];
  private readonly open = new Set<Session>();

  constructor(warehouse: Warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * An idle session, else a new one.
   *
   * @param schema in which names are looked up; then always a new one, which is not given back
   */
  async take(signal: AbortSignal, schema?: string): Promise<Session> {
    const kept = schema === undefined ? this.idle.pop() : undefined;
    if (kept !== undefined) {
      clearTimeout(kept.timer);
      return kept.session;
    }
    const { database } = this.warehouse.options;
    const answer = await this.warehouse.call(
      'openSession',
      new types.TOpenSessionReq({
        client_protocol_i64: int64(types.TProtocolVersion.SPARK_CLI_SERVICE_PROTOCOL_V8),
        initialNamespace: {
          catalogName: database,
          ...(schema === undefined ? {} : { schemaName: schema }),
        },
        canUseMultipleCatalogs: true,
        configuration: { ANSI_MODE: 'true', TIMEZONE: 'UTC' },
      }),
      signal,
    );
    if (answer.sessionHandle === undefined) throw new Error('no session');
    const session = { handle: answer.sessionHandle };
    this.open.add(session);
    return session;
  }

  /** For the next one that needs it; closed when nobody does. */
  giveBack(session: Session): void {
    const timer = setTimeout(() => {
      const at = this.idle.findIndex((kept) => kept.session === session);
      if (at >= 0) this.idle.splice(at, 1);
      void this.close(session);
    }, this.warehouse.options.idleMs ?? IDLE_MS);
    timer.unref();
    this.idle.push({ session, timer });
  }

  /** Closing cancels what runs in it. What fails here is the server's to clean up. */
  async close(session: Session): Promise<void> {
    if (!this.open.delete(session)) return;
    await this.warehouse
      .call('closeSession', { sessionHandle: session.handle }, AbortSignal.timeout(5000))
      .catch(() => undefined);
  }

  /** It is gone on the server. */
  forget(session: Session): void {
    this.open.delete(session);
  }

  async closeAll(): Promise<void> {
    for (const { timer } of this.idle.splice(0)) clearTimeout(timer);
    await Promise.all([...this.open].map((session) => this.close(session)));
  }
}

/** Thrift's 64 bits: the driver takes eight bytes, the highest first. */
export function int64(value: number): never {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return { buffer: bytes, offset: 0, toBuffer: () => bytes } as never;
}
