/** Translates between Fastify and better-auth, which speaks fetch's Request and Response. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AUTH_PATH } from './auth.ts';
import { inOurWords } from './auth-answers.ts';

/** One of ours, as it is set or taken back. What else better-auth may set is not used here. */
const SET_COOKIE = /^(parley\.\w+)=([^;]*);.*?\bMax-Age=(\d+)/i;
/** Headers of an answer that are passed on. */
const PASSED_ON = ['location', 'retry-after'];
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

/** Sends better-auth's answer, or ours in its place, with its cookies under the names that browsers keep them by. */
export async function sendAuthResponse(
  reply: FastifyReply,
  response: Response,
  toCookies: (name: string, value: string, maxAgeSeconds: number) => string[],
): Promise<FastifyReply> {
  for (const cookie of response.headers.getSetCookie()) {
    const [, name, value, maxAge] = SET_COOKIE.exec(cookie) ?? [];
    if (name !== undefined && value !== undefined)
      reply.header('set-cookie', toCookies(name, value, Number(maxAge)));
  }
  for (const name of PASSED_ON) {
    const value = response.headers.get(name);
    if (value !== null) reply.header(name, value);
  }
  const text = inOurWords(response.status, await response.text());
  return reply
    .status(response.status)
    .type(response.headers.get('content-type') ?? 'application/json')
    .send(text || null);
}
