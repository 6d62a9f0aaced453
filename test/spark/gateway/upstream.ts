/** Open-source Spark behind the gateway: Thrift over plain HTTP, on this machine alone. */
import { Agent, request } from 'node:http';
import { thrift } from '@databricks/sql';
import { decode, encodeCall, type Struct, type StructClass } from './wire.js';

/** The generated classes, by name. */
export const types = thrift.TCLIService_types as unknown as Record<string, StructClass<Struct>>;

export function classOf<T extends object>(name: string): StructClass<T & Struct> {
  const found = types[name];
  if (found === undefined) throw new Error(`no Thrift class ${name}`);
  return found as StructClass<T & Struct>;
}

export interface Upstream {
  /** Sends bytes as they are and gives the answer's bytes. */
  forward(body: Buffer): Promise<Buffer>;
  /** A call of the gateway's own. */
  call<T extends object>(method: string, args: object): Promise<T>;
  close(): void;
}

export function upstream(port: number): Upstream {
  const agent = new Agent({ keepAlive: true });
  // Spark asks for a user and takes any.
  const authorization = `Basic ${Buffer.from('gateway:gateway').toString('base64')}`;
  const forward = (body: Buffer): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      const call = request(
        {
          host: '127.0.0.1',
          port,
          path: '/cliservice',
          method: 'POST',
          agent,
          headers: {
            authorization,
            'content-type': 'application/x-thrift',
            'content-length': body.length,
          },
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () => {
            const bytes = Buffer.concat(chunks);
            if (answer.statusCode === 200) resolve(bytes);
            else reject(new Error(`Spark answered ${answer.statusCode}: ${bytes.toString()}`));
          });
        },
      );
      call.on('error', reject);
      call.end(body);
    });
  return {
    forward,
    call: async <T extends object>(method: string, args: object): Promise<T> => {
      const Request = classOf(`T${method}Req`);
      const bytes = await forward(encodeCall({ method, sequence: 1 }, new Request(args)));
      return decode(bytes, classOf<T>(`T${method}Resp`));
    },
    close: () => {
      agent.destroy();
    },
  };
}
