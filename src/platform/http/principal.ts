import type { FastifyRequest } from 'fastify';
import { AppError } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';

/** The principal of a route whose access is not `public`. */
export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new AppError('unauthenticated', 'Sign in first, or send an API key.');
  return request.principal;
}
