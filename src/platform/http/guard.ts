/** Enforces what every route states about who may call it, before anything of the request is read. */
import type { FastifyRequest } from 'fastify';
import type { Config } from '#config';
import { AppError } from '#platform/errors.ts';
import type { Principal } from '../principal.ts';
import type { Access, App, ResolvePrincipal } from './app.ts';
import { isMeantForAnother } from './expected-user.ts';
import { isFromAnotherOrigin, mayChangeSomething } from './origin.ts';

/** Adds the access rule to all routes of `app`. Call it before the routes are added. */
export function guardRoutes(app: App, config: Config, resolve: ResolvePrincipal): void {
  app.addHook('onRequest', async (request: FastifyRequest) => {
    const access = request.routeOptions.config.access;
    if (access === undefined || access === 'public') return;
    const principal = await resolve(request);
    if (!principal) throw new AppError('unauthenticated', 'Sign in first, or send an API key.');
    if (
      principal.via.kind === 'session' &&
      mayChangeSomething(request) &&
      isFromAnotherOrigin(request, config.baseUrl)
    )
      throw new AppError('forbidden_origin', 'This request comes from a page of another site.');
    if (isMeantForAnother(request, principal.userId))
      throw new AppError('other_user', 'Somebody else has signed in in this browser. Nothing was done.');
    refuseUnlessAllowed(principal, access);
    request.principal = principal;
  });
}

function refuseUnlessAllowed(principal: Principal, access: Access): void {
  if (access === 'account' && principal.role === 'guest')
    throw new AppError('forbidden', 'Guests cannot do this. Sign up first; your chats are kept.');
  if (access === 'admin' && principal.role !== 'admin')
    throw new AppError('forbidden', 'Only admins can do this.');
}
