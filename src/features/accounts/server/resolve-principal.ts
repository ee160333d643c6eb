/** The one answer to "who is asking", for every channel: session cookie or API key, HTTP, SSE or WebSocket. */
import type { FastifyRequest } from 'fastify';
import type { ResolvePrincipal } from '#platform/http/app.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { onPrincipalsChanged } from './change-principals.ts';
import { findByKey, findBySession } from './find-principal.ts';
import { readSessionCookie, sessionCookieOf } from './session-cookie.ts';

/** How long an answer is believed without asking again: a burst of requests costs one query. */
const BELIEVED_MS = 1000;
/** Beyond it the memory is emptied, so that a flood of made-up keys cannot fill it. */
const MAX_REMEMBERED = 10_000;

/** Makes the resolver. What it remembers is forgotten at once when somebody is disabled or signs out anywhere we hear of. */
export function createPrincipalResolver(services: Services): ResolvePrincipal {
  const remembered = new Map<string, { until: number; answer: Promise<Principal | null> }>();
  onPrincipalsChanged(services, () => remembered.clear());

  return async (request: FastifyRequest) => {
    const proof = proofOf(request, services.config);
    if (!proof) return null;
    const known = remembered.get(proof);
    if (known && known.until > performance.now()) return known.answer;
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    const answer = find(services, proof);
    remembered.set(proof, { until: performance.now() + BELIEVED_MS, answer });
    // A failed look-up is not an answer: the next request asks again.
    answer.catch(() => remembered.delete(proof));
    return answer;
  };
}

const BEARER = /^Bearer +(\S+)$/i;

/**
 * An API key wins over a cookie: who sends one means it. Other Authorization headers belong to a proxy in front of us.
 * Prefixed, so that a key can never be taken for a cookie.
 */
function proofOf(request: FastifyRequest, config: Services['config']): string | undefined {
  const { authorization, cookie } = request.headers;
  const key = authorization && BEARER.exec(authorization)?.[1];
  if (key) return `key:${key}`;
  const session = sessionCookieOf(cookie, config);
  return session && `cookie:${session}`;
}

async function find(services: Services, proof: string): Promise<Principal | null> {
  if (proof.startsWith('key:')) return findByKey(services, proof.slice('key:'.length));
  const token = readSessionCookie(proof.slice('cookie:'.length), services.secrets.signingKey);
  return token ? findBySession(services, token) : null;
}
