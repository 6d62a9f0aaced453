/** Requests as bytes, for what no client of HTTP would send. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

/** All that comes until the other side closes. */
export async function readToEnd(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  socket.on('error', () => undefined);
  if (!socket.closed) await once(socket, 'close');
  return text;
}

export interface RawAnswer {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export function parsed(text: string): RawAnswer {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const [line = '', ...lines] = head.split('\r\n');
  return {
    statusCode: Number(line.split(' ')[1]),
    headers: Object.fromEntries(
      lines.map((one) => [one.split(': ')[0]?.toLowerCase(), one.split(': ')[1]]),
    ) as Record<string, string>,
    body,
  };
}

/** Sends the bytes of a request as they are. */
export async function raw(port: number, request: string | Buffer): Promise<RawAnswer> {
  const socket = await open(port);
  socket.write(request);
  return parsed(await readToEnd(socket));
}
