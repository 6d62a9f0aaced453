/** Thrift messages as bytes, and the driver's own classes: one struct in, one struct out. */
import { createRequire } from 'node:module';

/** What a generated class has; the package describes none of it. */
export interface Struct {
  read(input: unknown): void;
  write(output: unknown): void;
}
export type StructClass<T extends Struct> = new (args?: object) => T;

interface Protocol {
  readMessageBegin(): { fname: string; mtype: number; rseqid: number };
  readStructBegin(): void;
  readFieldBegin(): { ftype: number; fid: number };
  writeMessageBegin(name: string, type: number, seq: number): void;
  writeStructBegin(name: string): void;
  writeFieldBegin(name: string, type: number, id: number): void;
  writeFieldEnd(): void;
  writeFieldStop(): void;
  writeStructEnd(): void;
  writeMessageEnd(): void;
}

interface Transport {
  flush(): void;
}

interface ThriftLibrary {
  TBufferedTransport: {
    new (buffer: undefined, onFlush: (bytes: Buffer) => void): Transport;
    receiver(use: (transport: Transport) => void): (bytes: Buffer) => void;
  };
  TBinaryProtocol: new (
    transport: Transport,
    strictRead?: boolean,
    strictWrite?: boolean,
  ) => Protocol;
  Thrift: { MessageType: { CALL: number; REPLY: number }; Type: { STRUCT: number } };
}

// The package is CommonJS without types.
const { TBufferedTransport, TBinaryProtocol, Thrift } = createRequire(import.meta.url)(
  'thrift',
) as ThriftLibrary;

export interface Head {
  readonly method: string;
  readonly sequence: number;
}

/** Name and number of a message, without reading what is in it. */
export function headOf(bytes: Buffer): Head {
  const length = bytes.readInt32BE(4);
  return {
    method: bytes.subarray(8, 8 + length).toString(),
    sequence: bytes.readInt32BE(8 + length),
  };
}

/** The one struct of a message: the request of a call, the answer of a reply. */
export function decode<T extends Struct>(bytes: Buffer, Class: StructClass<T>): T {
  const struct = new Class();
  TBufferedTransport.receiver((transport) => {
    const protocol = new TBinaryProtocol(transport);
    protocol.readMessageBegin();
    protocol.readStructBegin();
    protocol.readFieldBegin();
    struct.read(protocol);
  })(bytes);
  return struct;
}

export const encodeCall = (head: Head, struct: Struct): Buffer =>
  encode(head, Thrift.MessageType.CALL, 1, struct);

export const encodeReply = (head: Head, struct: Struct): Buffer =>
  encode(head, Thrift.MessageType.REPLY, 0, struct);

function encode(head: Head, type: number, field: number, struct: Struct): Buffer {
  let bytes: Buffer = Buffer.alloc(0);
  const transport = new TBufferedTransport(undefined, (flushed) => {
    bytes = flushed;
  });
  const protocol = new TBinaryProtocol(transport, true, true);
  protocol.writeMessageBegin(head.method, type, head.sequence);
  protocol.writeStructBegin(head.method);
  protocol.writeFieldBegin('struct', Thrift.Type.STRUCT, field);
  struct.write(protocol);
  protocol.writeFieldEnd();
  protocol.writeFieldStop();
  protocol.writeStructEnd();
  protocol.writeMessageEnd();
  transport.flush();
  return bytes;
}
