/** Keeps the cookie of a browser that comes back, as the server keeps its session. */
import type { App } from '#platform/http/app.ts';
import type { Services } from '#platform/services.ts';
import { isSecure, sessionCookieOf, setSessionCookie } from './session-cookie.ts';
import { SESSION_SECONDS } from './session-lifetime.ts';

/**
 * Sets the cookie anew, with the same value, whenever the page itself is loaded, and with nothing else: a file of the page
 * may be kept by a cache, and given to others with the cookie in it, and of the page's own requests one that is late would
 * put the old cookie back after a sign-in has replaced it.
 */
export function prolongCookies(app: App, { config }: Services): void {
  app.addHook('onSend', async (request, reply) => {
    if (request.method !== 'GET' || !reply.isPage) return;
    const value = sessionCookieOf(request.headers.cookie, config);
    // As it was sent, so it may hold nothing that would end the cookie or the header.
    if (!value || !/^[\w.%+/=-]+$/.test(value)) return;
    reply.header('set-cookie', setSessionCookie(config, isSecure(request, config), value, SESSION_SECONDS));
  });
}
