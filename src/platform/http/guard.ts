/** Enforces what every route states about who may call it, before anything of the request is read. */
import type { FastifyRequest } from 'fastify';
import type { Config } from '#config';
import { AppError } from '#platform/errors.ts';
import type { Principal } from '../principal.ts';
import { say } from '../say.ts';
import type { Access, App, ResolvePrincipal, Scope } from './app.ts';
import { isMeantForAnother } from './expected-user.ts';
import { isFromAnotherOrigin, mayChangeSomething } from './origin.ts';

/** Adds the access rule to all routes of `app`. Call it before the routes are added. */
export function guardRoutes(app: App, config: Config, resolve: ResolvePrincipal): void {
  app.addHook('onRequest', async (request: FastifyRequest) => {
    const { access, scope = null } = request.routeOptions.config;
    if (access === undefined || access === 'public') return;
    const principal = await resolve(request);
    if (!principal) throw new AppError('unauthenticated', say('sign_in_first'));
    if (
      principal.via.kind === 'session' &&
      mayChangeSomething(request) &&
      isFromAnotherOrigin(request, config.baseUrl)
    )
      throw new AppError('forbidden_origin', say('other_site'));
    if (isMeantForAnother(request, principal.userId)) throw new AppError('other_user', say('somebody_else'));
    requireScope(principal, scope);
    refuseUnlessAllowed(principal, access);
    request.principal = principal;
  });
}

/** Refuses, with 403, an API key that lacks a scope; with null every key. Sessions have all of them. */
export function requireScope({ via }: Principal, scope: Scope): void {
  if (via.kind !== 'api-key') return;
  if (scope === null) throw new AppError('forbidden', say('session_needed'));
  if (!via.scopes.includes(scope)) throw new AppError('forbidden', say('scope_missing', { scope }));
}

function refuseUnlessAllowed(principal: Principal, access: Access): void {
  if (access === 'account' && principal.role === 'guest')
    throw new AppError('forbidden', say('guests_cannot'));
  if (access === 'admin' && principal.role !== 'admin') throw new AppError('forbidden', say('admins_only'));
}
