/** better-auth's routes, only those that are needed, with our limits, origin rule and guests in front. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { addressKey } from '#platform/http/address.ts';
import type { App } from '#platform/http/app.ts';
import { isMeantForAnother } from '#platform/http/expected-user.ts';
import { isFromAnotherOrigin, mayChangeSomething } from '#platform/http/origin.ts';
import type { Services } from '#platform/services.ts';
import { AUTH_PATH, type Auth } from './auth.ts';
import { refuse, refuseForNow } from './auth-answers.ts';
import { pickFields, sendAuthResponse, toAuthRequest } from './auth-requests.ts';
import { type AttemptLimit, countAttempt } from './count-attempts.ts';
import { runAuth } from './run-auth.ts';
import { sessionCookieOf } from './session-cookie.ts';

type AuthRoute = {
  method: 'GET' | 'POST';
  path: string;
  summary: string;
  /** What the body may hold; anything else is not even passed on. */
  fields?: readonly string[];
  /** Set for every request, whatever was sent. */
  always?: Record<string, unknown>;
  limits?(request: FastifyRequest, body: Record<string, unknown>): AttemptLimit[];
};

const perAddress = (what: string, max: number) => (request: FastifyRequest) => [
  { key: `${what}:address:${addressKey(request.ip)}`, max },
];

const ROUTES: AuthRoute[] = [
  {
    method: 'POST',
    path: '/sign-up/email',
    summary: 'Make an account; a guest becomes it and keeps their chats',
    fields: ['name', 'email', 'password'],
    limits: perAddress('sign-up', 20),
  },
  {
    method: 'POST',
    path: '/sign-in/email',
    summary: 'Sign in; what a guest has goes to the account',
    fields: ['email', 'password'],
    limits: (request, { email }) => [
      ...perAddress('sign-in', 20)(request),
      ...(typeof email === 'string'
        ? [{ key: `sign-in:account:${email.trim().toLowerCase()}`, max: 20 }]
        : []),
    ],
  },
  {
    method: 'POST',
    path: '/sign-in/anonymous',
    summary: 'Become a guest',
    fields: [],
    limits: perAddress('guest', 60),
  },
  { method: 'POST', path: '/sign-out', summary: 'Sign out', fields: [] },
  { method: 'GET', path: '/get-session', summary: 'The current session and user, or null' },
  {
    method: 'POST',
    path: '/change-password',
    summary: 'Change the password; every other session ends',
    fields: ['currentPassword', 'newPassword'],
    always: { revokeOtherSessions: true },
    limits: perAddress('sign-in', 20),
  },
  { method: 'GET', path: '/list-sessions', summary: 'Where this account is signed in' },
  { method: 'POST', path: '/revoke-session', summary: 'End one session', fields: ['token'] },
  { method: 'POST', path: '/revoke-other-sessions', summary: 'End all sessions but this one', fields: [] },
  { method: 'POST', path: '/revoke-sessions', summary: 'Sign out everywhere', fields: [] },
];

/** Adds better-auth's routes to the server. */
export function addAuthRoutes(app: App, services: Services, auth: Auth): void {
  for (const route of ROUTES)
    app.route({
      method: route.method,
      url: AUTH_PATH + route.path,
      config: { access: 'public' },
      schema: { tags: ['Accounts'], summary: route.summary },
      handler: (request, reply) => answer(services, auth, route, request, reply),
    });
}

/** True when somebody would act in another's session. Signing in is for anybody, whoever was there before. */
async function isAnothers({ path }: AuthRoute, request: FastifyRequest): Promise<boolean> {
  if (path.startsWith('/sign-in/') || path.startsWith('/sign-up/')) return false;
  const owner = await request.server.resolvePrincipal(request);
  return owner !== null && isMeantForAnother(request, owner.userId);
}

async function answer(
  services: Services,
  auth: Auth,
  route: AuthRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { config } = services;
  if (mayChangeSomething(request) && isFromAnotherOrigin(request, config.baseUrl))
    return refuse(reply, 403, 'FORBIDDEN_ORIGIN', 'This request comes from a page of another site.');
  if (route.path === '/sign-in/anonymous' && !config.guests)
    return refuse(reply, 403, 'GUESTS_DISABLED', 'This Parley needs an account. Sign in or sign up.');
  if (await isAnothers(route, request))
    return refuse(reply, 409, 'OTHER_USER', 'Somebody else has signed in in this browser. Nothing was done.');
  const body = route.fields ? pickFields(request.body, route.fields) : {};
  if (!body)
    return refuse(
      reply,
      400,
      'INVALID_INPUT',
      'A field is too long or holds characters that cannot be kept.',
    );
  const retryAt = await countAttempt(services, route.limits?.(request, body) ?? []);
  if (retryAt) return refuseForNow(reply, retryAt);

  const sent = sessionCookieOf(request.headers.cookie);
  const response = await runAuth(services, auth, route.path, sent, (cookie) =>
    toAuthRequest(request, route.path, route.fields ? { ...body, ...route.always } : null, cookie),
  );
  const secure = request.protocol === 'https' || Boolean(config.baseUrl?.startsWith('https:'));
  return sendAuthResponse(reply, response, secure);
}
