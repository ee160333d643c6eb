/** The routes under /api/auth/: better-auth's, only those that are needed, and our own beside them, with our limits, origin rule and guests in front. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '#platform/http/app.ts';
import { isMeantForAnother } from '#platform/http/expected-user.ts';
import { isLocalRequest } from '#platform/http/local-request.ts';
import { isFromAnotherOrigin, mayChangeSomething } from '#platform/http/origin.ts';
import { say as sayInGeneral } from '#platform/say.ts';
import type { Services } from '#platform/services.ts';
import { Name } from '../accounts.ts';
import { NAME_MAX } from '../rules.ts';
import { AUTH_PATH, type Auth } from './auth.ts';
import { refuse, refuseForNow } from './auth-answers.ts';
import { pickFields, sendAuthResponse, toAuthRequest } from './auth-requests.ts';
import type { AuthRoute } from './auth-route.ts';
import { AUTH_ROUTES } from './auth-route-list.ts';
import { type Attempt, type AttemptLimit, countAttempt, fullUntil } from './count-attempts.ts';
import { keepAddress } from './guest-address.ts';
import { providerRoutes } from './identity-providers/provider-routes.ts';
import { openProviders } from './identity-providers/providers.ts';
import { mannerOf } from './own-auth-route.ts';
import { type Aside, runAuth } from './run-auth.ts';
import { say } from './say.ts';
import { SECOND_FACTOR_ROUTES } from './second-factor/auth-routes.ts';
import { isSecure, sessionCookieOf, setCookie } from './session-cookie.ts';
import { waitUnlessGone } from './wait-unless-gone.ts';

/** Adds better-auth's routes to the server. */
export function addAuthRoutes(app: App, services: Services, auth: Auth): void {
  const routes = [
    ...AUTH_ROUTES,
    ...SECOND_FACTOR_ROUTES,
    ...providerRoutes(openProviders(services.config.signInProviders)),
  ];
  for (const route of routes)
    app.route({
      method: route.method,
      url: AUTH_PATH + route.path,
      config: { access: 'public' },
      schema: { tags: ['Accounts'], summary: route.summary },
      handler: (request, reply) => answer(services, auth, route, request, reply),
    });
}

/** True when somebody would act in another's session. Signing in is for anybody, whoever was there before. */
async function isAnothers({ path, signsIn }: AuthRoute, request: FastifyRequest): Promise<boolean> {
  if (signsIn || path.startsWith('/sign-in/') || path.startsWith('/sign-up/')) return false;
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
    return refuse(reply, 403, 'FORBIDDEN_ORIGIN', sayInGeneral('other_site'));
  if (route.path === '/sign-in/anonymous' && !config.guests)
    return refuse(reply, 403, 'GUESTS_DISABLED', say('guests_off'));
  if (await isAnothers(route, request))
    return refuse(reply, 409, 'OTHER_USER', sayInGeneral('somebody_else'));
  const body = route.fields ? pickFields(request.body, route.fields) : {};
  const aside = pickFields(request.body, route.aside ?? []);
  if (!body || !aside) return refuse(reply, 400, 'INVALID_INPUT', say('auth_text_refused'));
  const { setupCode, invite, revokeKeys = false } = aside;
  if (typeof revokeKeys !== 'boolean')
    return refuse(reply, 400, 'INVALID_INPUT', say('flag_not_boolean', { field: 'revokeKeys' }));

  const foundLimits = route.foundLimits?.(request) ?? [];
  const attempt = await attemptOf(services, foundLimits, route.limits?.(request, body) ?? []);
  if (attempt.retryAt) return refuseForNow(reply, attempt.retryAt);
  if (attempt.delayMs > 0 && !(await waitUnlessGone(reply, attempt.delayMs))) return reply;

  if (route.fields?.includes('name')) {
    const name = Name.safeParse(body.name);
    if (!name.success) return refuse(reply, 400, 'INVALID_NAME', say('name_unusable', { max: NAME_MAX }));
    body.name = name.data;
  }
  const said: Aside = {
    setupCode,
    invite,
    email: body.email,
    revokeKeys,
    isLocal: isLocalRequest(request),
    manner: mannerOf(request, services),
  };
  const sent = sessionCookieOf(request.headers.cookie, config);
  const response = route.own
    ? await route.own({ services, auth, request, body })
    : await runAuth(services, auth, route.path, sent, said, (cookie) =>
        toAuthRequest(request, route.path, route.fields ? { ...body, ...route.always } : null, cookie),
      );
  if (route.path === '/sign-in/anonymous' && response.ok) {
    const { user } = (await response.clone().json()) as { user: { id: string } };
    await keepAddress(services, user.id, request.ip);
  }
  if (response.status === 422) await countAttempt(services, foundLimits);
  const secure = isSecure(request, config);
  return sendAuthResponse(reply, response, (...cookie) => setCookie(config, secure, ...cookie));
}

/** Counts an attempt, unless so much was found already that nothing more is answered. */
async function attemptOf(
  services: Services,
  foundLimits: AttemptLimit[],
  limits: AttemptLimit[],
): Promise<Attempt> {
  const retryAt = await fullUntil(services, foundLimits);
  return retryAt ? { retryAt } : countAttempt(services, limits);
}
