import { z } from 'zod';
import { cleanText, Id, Limit, page } from '#fields';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import type { Services } from '#platform/services.ts';
import { AdminUser, AdminUserPatch, Settings, SettingsPatch, UserRole } from '../accounts.ts';
import { ResetLink } from '../invites.ts';
import { readSettings, updateSettings } from './admin-settings.ts';
import { listUsers, readUser, updateUser } from './admin-users.ts';
import { mannerOf } from './own-auth-route.ts';
import { makeResetLink } from './reset-link.ts';

const config = { access: 'admin', scope: 'admin' } as const;
const tags = ['Administration'];
const params = z.object({ userId: Id });

const UserQuery = z.object({
  /** A part of the name or the e-mail address. */
  q: cleanText(200).optional(),
  role: UserRole.optional(),
  limit: Limit,
  cursor: Id.optional(),
});

/** Adds `/api/v1/admin/users` and `/api/v1/admin/settings`. */
export function addAdminRoutes(app: App, services: Services): void {
  app.get(
    '/api/v1/admin/users',
    {
      config,
      schema: {
        tags,
        summary: 'Users, newest first',
        querystring: UserQuery,
        response: { 200: page(AdminUser) },
      },
    },
    async (request) => listUsers(services, request.query),
  );
  app.get(
    '/api/v1/admin/users/:userId',
    { config, schema: { tags, summary: 'One user', params, response: { 200: AdminUser } } },
    async (request) => readUser(services, request.params.userId),
  );
  app.patch(
    '/api/v1/admin/users/:userId',
    {
      config,
      schema: {
        tags,
        summary: 'Change role and limits, shut out or let in; a limit of null is the default',
        params,
        body: AdminUserPatch,
        response: { 200: AdminUser },
      },
    },
    async (request) => updateUser(services, principalOf(request), request.params.userId, request.body),
  );
  app.post(
    '/api/v1/admin/users/:userId/reset-link',
    {
      config,
      schema: {
        tags,
        summary: 'Make a link by which a user chooses a new password; it is shown this once',
        params,
        response: { 200: ResetLink },
      },
    },
    async (request) => {
      const { base } = mannerOf(request, services, true);
      return makeResetLink(services, principalOf(request), request.params.userId, base);
    },
  );
  app.get(
    '/api/v1/admin/settings',
    {
      config,
      schema: {
        tags,
        summary: 'Limits that hold by default, those of guests, and what replies are made with',
        response: { 200: Settings },
      },
    },
    async () => readSettings(services),
  );
  app.patch(
    '/api/v1/admin/settings',
    {
      config,
      schema: {
        tags,
        summary:
          'Change the default limits (null brings back the built-in one) or what replies are made with',
        body: SettingsPatch,
        response: { 200: Settings },
      },
    },
    async (request) => updateSettings(services, principalOf(request), request.body),
  );
}
