/** Bodies that may take longer to arrive than others, because they are a thousand times as large. */
import type { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';

const patient = new WeakSet<Socket>();

/**
 * Lets the body of a request take as long as it does. Whoever reads it looks after senders that have stopped; when it is there, the
 * connection is one like all others again.
 */
export function takeLonger({ raw }: FastifyRequest): void {
  const { socket } = raw;
  patient.add(socket);
  raw.once('close', () => patient.delete(socket));
}

export const mayTakeLonger = (socket: Socket): boolean => patient.has(socket);
