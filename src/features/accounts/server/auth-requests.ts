/** Translates between Fastify and better-auth, which speaks fetch's Request and Response. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AUTH_PATH } from './auth.ts';
import { inOurWords } from './auth-answers.ts';

/** As better-auth sets it, and at a sign-out takes it back. What else it may set is not used here. */
const SET_SESSION = /^parley\.session_token=([^;]*);.*?\bMax-Age=(\d+)/i;
/** Longest name, e-mail address or password that is looked at. */
const MAX_TEXT = 320;

/**
 * The fields of a body that a route takes, and nothing else: what better-auth may one day read besides must not be
 * settable from outside. Null when a text is too long or holds what the database cannot (NUL, half a surrogate pair).
 */
export function pickFields(body: unknown, fields: readonly string[]): Record<string, unknown> | null {
  const given = (body && typeof body === 'object' ? body : {}) as Record<string, unknown>;
  const picked: Record<string, unknown> = {};
  for (const field of fields) {
    const value = Object.hasOwn(given, field) ? given[field] : undefined;
    if (value === undefined) continue;
    if (
      typeof value === 'string' &&
      (value.length > MAX_TEXT || value.includes('\0') || !value.isWellFormed())
    )
      return null;
    picked[field] = value;
  }
  return picked;
}

/** The request as better-auth gets it. `cookie`: the session cookie it may see. */
export function toAuthRequest(
  request: FastifyRequest,
  path: string,
  body: Record<string, unknown> | null,
  cookie: string | undefined,
): Request {
  const headers = new Headers();
  if (cookie) headers.set('cookie', cookie);
  const agent = request.headers['user-agent'];
  if (agent) headers.set('user-agent', agent);
  // It is stored with the session, and a guest's address is not.
  if (path !== '/sign-in/anonymous') headers.set('x-forwarded-for', request.ip);
  if (body) headers.set('content-type', 'application/json');
  return new Request(`http://localhost${AUTH_PATH}${path}`, {
    method: request.method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
}

/** Sends better-auth's answer, with the session's cookie under the name that browsers keep it by. */
export async function sendAuthResponse(
  reply: FastifyReply,
  response: Response,
  toCookies: (value: string, maxAgeSeconds: number) => string[],
): Promise<FastifyReply> {
  for (const cookie of response.headers.getSetCookie()) {
    const [, value, maxAge] = SET_SESSION.exec(cookie) ?? [];
    if (value !== undefined) reply.header('set-cookie', toCookies(value, Number(maxAge)));
  }
  const text = inOurWords(response.status, await response.text());
  return reply
    .status(response.status)
    .type(response.headers.get('content-type') ?? 'application/json')
    .send(text || null);
}
