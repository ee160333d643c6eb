import type { FastifyRequest } from 'fastify';
import { AppError } from '#platform/errors.ts';

/** Who is asking, whatever the channel. Made in one place, from a session cookie or an API key. */
export type Principal = {
  readonly userId: string;
  readonly role: 'admin' | 'member' | 'guest';
  /** How they proved it; `sessionId` or `apiKeyId` so that a stream can end with it. */
  readonly via: { kind: 'session'; sessionId: string } | { kind: 'api-key'; apiKeyId: string };
};

/** The principal of a route whose access is not `public`. */
export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new AppError('unauthenticated', 'Sign in first, or send an API key.');
  return request.principal;
}
