/** Keeps the cookie of a browser that comes back, as the server keeps its session. */
import type { App } from '#platform/http/app.ts';
import type { Services } from '#platform/services.ts';
import { SESSION_COOKIE } from './auth.ts';
import { sessionCookieOf } from './session-cookie.ts';
import { SESSION_SECONDS } from './session-lifetime.ts';

/**
 * Sets the cookie anew, with the same value, whenever the page itself is loaded. Not with answers to the page's own
 * requests: one that is late would put the old cookie back after a sign-in has replaced it.
 */
export function prolongCookies(app: App, { config }: Services): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'GET' || request.routeOptions.url !== '/*') return;
    const value = request.headers.accept?.includes('text/html') && sessionCookieOf(request.headers.cookie);
    // As it was sent, so it may hold nothing that would end the cookie or the header.
    if (!value || !/^[\w.%+/=-]+$/.test(value)) return;
    const secure = request.protocol === 'https' || config.baseUrl?.startsWith('https:');
    reply.header(
      'set-cookie',
      `${SESSION_COOKIE}=${value}; Max-Age=${SESSION_SECONDS}; Path=${config.basePath || '/'}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`,
    );
  });
}
