/** Accounts, guests, API keys and their limits: what the rest of the server may use. */
import type { App } from '#platform/http/app.ts';
import { guardRoutes } from '#platform/http/guard.ts';
import type { Services } from '#platform/services.ts';
import { addAdminRoutes } from './admin-routes.ts';
import { addAdminSignInRoutes } from './admin-sign-in-routes.ts';
import { addApiKeyRoutes } from './api-key-routes.ts';
import { createAuth } from './auth.ts';
import { addAuthRoutes } from './auth-routes.ts';
import { addInviteRoutes } from './invite-routes.ts';
import { limitWrites } from './limit-writes.ts';
import { addMailRoutes } from './mail/mail-routes.ts';
import { addMeRoutes } from './me-routes.ts';
import { prolongCookies } from './prolong-cookie.ts';
import { createPrincipalResolver } from './resolve-principal.ts';
import { addSecondFactorRoutes } from './second-factor/routes.ts';
import { addSignUpRulesRoute } from './sign-up-rules-route.ts';

export { maxFileBytes } from './admin-settings.ts';
export { BUILT_IN_GUEST_LIMITS, BUILT_IN_LIMITS, KEPT_PER_ACTIVE_CHAT } from './built-in-limits.ts';
export { accountMessages, principalsChanged } from './change-principals.ts';
export { confirmPassword, hasPassword } from './confirm-password.ts';
export { countAttempt, fullUntil } from './count-attempts.ts';
export { createAdmin } from './create-admin.ts';
export { findEarlier } from './find-principal.ts';
export { assertOtherAdmin, forgetUser } from './forget-user.ts';
export { addressLimitSql, limitSql } from './limit-sql.ts';
export { activeChats, effectiveLimits, lockLimits, type Spending } from './limits.ts';
export { type LocalKey, openLocalKey } from './local-key.ts';
export { mailWorkers } from './mail/mail-job.ts';
export { removeIdleGuests } from './remove-idle-guests.ts';
export { setUpCode } from './set-up-code.ts';
export { assertRoom, type Growth, growStorage } from './storage/grow-storage.ts';
export { readStorage } from './storage/read-storage.ts';
export { recountStorage } from './storage/recount-storage.ts';
export { countReply, replyGrowth } from './storage/reply-storage.ts';
export {
  bytesOfAgent,
  bytesOfChat,
  bytesOfContext,
  bytesOfMessage,
  bytesOfOpening,
  chatBytes,
  contextBytes,
  messageBytes,
  originalBytes,
  outboxBytes,
  shareBytes,
} from './storage/sizes.ts';
export { createPrincipalWatch, type PrincipalWatch } from './watch-principal.ts';

/** Guards all routes of `app` and adds those of accounts. Comes before every other feature. */
export function addAccountRoutes(app: App, services: Services): void {
  if (!services.config.rateLimits)
    services.log.warn('RATE_LIMITS is off: attempts and sends are not limited');
  const resolve = createPrincipalResolver(services);
  app.decorate('resolvePrincipal', resolve);
  guardRoutes(app, services.config, resolve);
  app.decorate('countWrite', limitWrites(app, services));
  prolongCookies(app, services);
  addSignUpRulesRoute(app, services);
  addAuthRoutes(app, services, createAuth(services));
  addMeRoutes(app, services);
  addSecondFactorRoutes(app, services);
  addApiKeyRoutes(app, services);
  addAdminRoutes(app, services);
  addAdminSignInRoutes(app, services);
  addInviteRoutes(app, services);
  addMailRoutes(app, services);
}
