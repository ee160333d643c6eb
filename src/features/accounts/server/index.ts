/** Accounts, guests, API keys and their limits: what the rest of the server may use. */
import type { App } from '#platform/http/app.ts';
import { guardRoutes } from '#platform/http/guard.ts';
import type { Services } from '#platform/services.ts';
import { addAdminRoutes } from './admin-routes.ts';
import { addApiKeyRoutes } from './api-key-routes.ts';
import { createAuth } from './auth.ts';
import { addAuthRoutes } from './auth-routes.ts';
import { addMeRoutes } from './me-routes.ts';
import { prolongCookies } from './prolong-cookie.ts';
import { createPrincipalResolver } from './resolve-principal.ts';
import { addSignUpRulesRoute } from './sign-up-rules-route.ts';

export { accountMessages } from './change-principals.ts';
export { createAdmin } from './create-admin.ts';
export { activeChats, BUILT_IN_LIMITS, effectiveLimits, lockLimits } from './limits.ts';
export { type LocalKey, openLocalKey } from './local-key.ts';
export { removeIdleGuests } from './remove-idle-guests.ts';
export { setUpCode } from './set-up-code.ts';
export { createPrincipalWatch, type PrincipalWatch } from './watch-principal.ts';

/** Guards all routes of `app` and adds those of accounts. Comes before every other feature. */
export function addAccountRoutes(app: App, services: Services): void {
  if (!services.config.rateLimits)
    services.log.warn('RATE_LIMITS is off: attempts and sends are not limited');
  const resolve = createPrincipalResolver(services);
  app.decorate('resolvePrincipal', resolve);
  guardRoutes(app, services.config, resolve);
  prolongCookies(app, services);
  addSignUpRulesRoute(app, services);
  addAuthRoutes(app, services, createAuth(services));
  addMeRoutes(app, services);
  addApiKeyRoutes(app, services);
  addAdminRoutes(app, services);
}
