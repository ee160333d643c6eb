/** A sign-in in more than one step: the guest who began it keeps their session meanwhile, and what they have comes along at its end. */
import type { FastifyRequest } from 'fastify';
import type { Services } from '#platform/services.ts';
import { mergeGuest } from './merge-guest.ts';

/** Moves what the guest of this browser has to the account; the guest's id, or null where there was none. */
export async function bringGuestAlong(
  services: Services,
  request: FastifyRequest,
  userId: string,
): Promise<string | null> {
  const guestId = await guestOf(request);
  if (!guestId || guestId === userId) return null;
  return (await mergeGuest(services, guestId, userId)) ? guestId : null;
}

/** The guest whose cookie the request came with. */
export async function guestOf(request: FastifyRequest): Promise<string | null> {
  const principal = await request.server.resolvePrincipal(request);
  return principal?.via.kind === 'session' && principal.role === 'guest' ? principal.userId : null;
}
