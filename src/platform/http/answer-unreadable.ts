import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ErrorBody } from '#platform/errors.ts';

const ANSWERS: Record<string, { status: number; body: ErrorBody }> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    body: { code: 'invalid_input', detail: 'The request took too long to arrive.' },
  },
  HPE_HEADER_OVERFLOW: {
    status: 431,
    body: { code: 'too_large', detail: 'The address and headers of the request are too long.' },
  },
};
/** For what is still coming in when the answer goes out. */
const LINGER_MS = 500;

const MALFORMED = {
  status: 400,
  body: { code: 'invalid_input', detail: 'This is not a request of HTTP.' },
} as const satisfies { status: number; body: ErrorBody };

/** Answers what cannot be parsed as a request, in the shape of every other error, and closes its connection. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const { status, body } = ANSWERS[error.code ?? ''] ?? MALFORMED;
  const text = JSON.stringify({ error: body });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json; charset=utf-8',
    'Cache-Control: private, no-store',
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
  ];
  if (socket.writable) socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
  // Closed with bytes unread, the connection would be reset, and the answer lost on its way.
  socket.removeAllListeners('data').resume();
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}
