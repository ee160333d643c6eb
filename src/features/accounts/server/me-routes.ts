import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import type { Services } from '#platform/services.ts';
import { Me, MePatch } from '../accounts.ts';
import { SESSION_COOKIE } from './auth.ts';
import { readMe, updateMe } from './me.ts';
import { sessionCookieOf } from './session-cookie.ts';
import { SESSION_SECONDS } from './session-lifetime.ts';

/** Adds `GET` and `PATCH /api/v1/me`. */
export function addMeRoutes(app: App, services: Services): void {
  app.get(
    '/api/v1/me',
    {
      config: { access: 'user' },
      schema: { tags: ['Accounts'], summary: 'The signed-in user', response: { 200: Me } },
    },
    async (request, reply) => {
      prolongCookie(services, request, reply);
      return readMe(services, principalOf(request));
    },
  );
  app.patch(
    '/api/v1/me',
    {
      config: { access: 'user' },
      schema: { tags: ['Accounts'], summary: 'Change your name', body: MePatch, response: { 200: Me } },
    },
    async (request) => {
      const principal = principalOf(request);
      await updateMe(services, principal, request.body);
      return readMe(services, principal);
    },
  );
}

/** The page asks for this on every load, so a browser that comes back keeps its session as long as the server does. */
function prolongCookie({ config }: Services, request: FastifyRequest, reply: FastifyReply): void {
  const value = request.principal?.via.kind === 'session' && sessionCookieOf(request.headers.cookie);
  if (!value) return;
  const secure = request.protocol === 'https' || config.baseUrl?.startsWith('https:');
  reply.header(
    'set-cookie',
    `${SESSION_COOKIE}=${value}; Max-Age=${SESSION_SECONDS}; Path=${config.basePath || '/'}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`,
  );
}
