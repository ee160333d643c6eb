/** The rule against one person's words in another's account: a page says for whom it asks, as its cookie may be another's by now. */
import type { FastifyRequest } from 'fastify';

/** Names the user a request is meant to come from; without it, whoever the cookie or the key belongs to. */
const EXPECTED_USER = 'parley-user';

/** True when the request was meant to be somebody else's than it is: another person has signed in in that browser since. */
export function isMeantForAnother(request: FastifyRequest, userId: string): boolean {
  const expected = request.headers[EXPECTED_USER];
  return expected !== undefined && expected !== userId;
}
