import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { AppError, type ErrorCode } from '#platform/errors.ts';
import { say } from '../say.ts';
import type { Sentence } from '../sentences.ts';
import { mayTakeLonger } from './long-body.ts';

type Answer = { status: number; code: ErrorCode; sentence: Sentence };
const ANSWERS: Record<string, Answer> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'invalid_input', sentence: say('request_too_slow') },
  HPE_HEADER_OVERFLOW: { status: 431, code: 'too_large', sentence: say('head_too_long') },
};
const MALFORMED: Answer = { status: 400, code: 'invalid_input', sentence: say('not_http') };
/** For what is still coming in when the answer goes out. */
const LINGER_MS = 500;

/** Answers what cannot be parsed as a request, in the shape of every other error, and closes its connection. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && mayTakeLonger(socket)) return;
  const { status, code, sentence } = ANSWERS[error.code ?? ''] ?? MALFORMED;
  const text = JSON.stringify({ error: new AppError(code, sentence).body() });
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
