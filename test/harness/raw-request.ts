/** Requests as no client library would write them. */
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';

export type RawAnswer = { status: number; headers: Record<string, string>; text: string };

/** Opens a connection to the server at `url`. */
export function connectTo(url: string): Socket {
  const { hostname, port } = new URL(url);
  return connect(Number(port), hostname.replace(/^\[|\]$/g, ''));
}

/** Writes these lines as a request's head, and perhaps what follows it, and reads the answer until the connection is closed. */
export async function sayRaw(url: string, lines: string[], body = ''): Promise<RawAnswer> {
  const socket = connectTo(url);
  socket.on('error', () => {});
  socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  return readRaw(await text(socket));
}

/** An answer as it came over the wire. */
export function readRaw(bytes: string): RawAnswer {
  const [head = '', ...rest] = bytes.split('\r\n\r\n');
  const [first = '', ...fields] = head.split('\r\n');
  const headers = Object.fromEntries(
    fields.map((field) => [
      field.slice(0, field.indexOf(':')).toLowerCase(),
      field.slice(field.indexOf(':') + 1).trim(),
    ]),
  );
  return { status: Number(first.split(' ')[1]), headers, text: rest.join('\r\n\r\n') };
}
