import { z } from 'zod';
import { cleanText } from '#fields';
import type { App } from '#platform/http/app.ts';
import { isLocalRequest } from '#platform/http/local-request.ts';
import type { Services } from '#platform/services.ts';
import { SignUpRules } from '../accounts.ts';
import { AUTH_PATH } from './auth.ts';
import { findInvite } from './invites.ts';

/** Adds `GET /api/auth/sign-up`, from which the page knows what to ask for, and whether to offer it at all. */
export function addSignUpRulesRoute(app: App, { db, config }: Services): void {
  app.get(
    `${AUTH_PATH}/sign-up`,
    {
      config: { access: 'public' },
      schema: {
        tags: ['Accounts'],
        summary: 'Who may make an account here, and what the first one needs',
        querystring: z.object({ invite: cleanText(320).optional() }),
        response: { 200: SignUpRules },
      },
    },
    async (request) => {
      const { rowCount } = await db.$client.query('SELECT FROM instance WHERE first_admin_id IS NULL');
      const needs = isLocalRequest(request) ? 'nothing' : 'code';
      const { invite } = request.query;
      return {
        signUp: config.signUp,
        setup: rowCount ? needs : null,
        mail: config.mail !== undefined,
        providers: config.signInProviders.map(({ id, name }) => ({ id, name })),
        ...(invite && { invite: config.signUp === 'off' ? null : await findInvite(db.$client, invite) }),
      } as const;
    },
  );
}
