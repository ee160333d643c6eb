import type { FastifyRequest } from 'fastify';
import { AppError } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import { say } from '../say.ts';

/** The principal of a route whose access is not `public`. */
export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new AppError('unauthenticated', say('sign_in_first'));
  return request.principal;
}
