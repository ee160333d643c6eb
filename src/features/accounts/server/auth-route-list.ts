/** Which of better-auth's routes there are, what their bodies may hold, and how often each may be asked. */
import type { FastifyRequest } from 'fastify';
import { addressKey } from '#platform/http/address.ts';
import { type AuthRoute, perAddress } from './auth-route.ts';
import type { AttemptLimit } from './count-attempts.ts';
import { requestReset } from './request-reset.ts';
import { listSessions, revokeSession } from './sessions.ts';
import { sendVerification, verifyEmail } from './verify-email.ts';

/** Where 20 a minute would be 28,000 a day for who looks for addresses that have an account. */
const FOUND_AN_HOUR = 20;
const HOUR_SECONDS = 3600;

/**
 * Guessing is stopped where it comes from, because an account that could be locked could be locked by anybody. What comes from
 * everywhere at once is slowed down for all who try that account, and stopped only far above what a person does.
 */
function signInLimits(request: FastifyRequest, { email }: Record<string, unknown>): AttemptLimit[] {
  const fromHere = perAddress('sign-in', 20)(request);
  if (typeof email !== 'string') return fromHere;
  const account = `sign-in:account:${email.trim().toLowerCase()}`;
  return [
    ...fromHere,
    { key: `${account}:${addressKey(request.ip)}`, max: 20 },
    { key: account, max: 1000, delayFrom: 20 },
  ];
}

export const AUTH_ROUTES: readonly AuthRoute[] = [
  {
    method: 'POST',
    path: '/sign-up/email',
    summary: 'Make an account; a guest becomes it and keeps their chats',
    fields: ['name', 'email', 'password'],
    aside: ['setupCode', 'invite'],
    limits: perAddress('sign-up', 20),
    foundLimits: perAddress('sign-up-found', FOUND_AN_HOUR, HOUR_SECONDS),
  },
  {
    method: 'POST',
    path: '/sign-in/email',
    summary: 'Sign in; what a guest has goes to the account',
    fields: ['email', 'password'],
    limits: signInLimits,
  },
  {
    method: 'POST',
    path: '/sign-in/anonymous',
    summary: 'Become a guest',
    fields: [],
    limits: perAddress('guest', 60),
  },
  { method: 'POST', path: '/sign-out', summary: 'Sign out', fields: [] },
  { method: 'GET', path: '/get-session', summary: 'The current session and user, or null' },
  {
    method: 'POST',
    path: '/change-password',
    summary: 'Change the password; every other session ends, with `revokeKeys` every API key',
    fields: ['currentPassword', 'newPassword'],
    aside: ['revokeKeys'],
    always: { revokeOtherSessions: true },
    limits: perAddress('sign-in', 20),
  },
  {
    method: 'POST',
    path: '/request-password-reset',
    summary:
      'Ask for a link by mail to choose a new password; the answer does not tell whether there is such an account',
    fields: ['email', 'redirectTo'],
    limits: perAddress('reset', 20),
    own: requestReset,
  },
  {
    method: 'POST',
    path: '/reset-password',
    summary: 'Choose a new password by the `token` of a link; every session of the account ends',
    fields: ['newPassword', 'token'],
    limits: perAddress('reset', 20),
  },
  {
    method: 'POST',
    path: '/send-verification-email',
    summary: 'Ask for a mail that proves the address of your account',
    fields: [],
    limits: perAddress('verify', 20),
    own: sendVerification,
  },
  {
    method: 'POST',
    path: '/verify-email',
    summary: 'Prove an address by the `token` of a link',
    fields: ['token'],
    limits: perAddress('verify', 20),
    own: verifyEmail,
  },
  {
    method: 'GET',
    path: '/list-sessions',
    summary: 'Where this account is signed in, without the tokens',
    own: listSessions,
  },
  {
    method: 'POST',
    path: '/revoke-session',
    summary: 'End one of your sessions, by its `id`',
    fields: ['id', 'token'],
    own: revokeSession,
  },
  { method: 'POST', path: '/revoke-other-sessions', summary: 'End all sessions but this one', fields: [] },
  {
    method: 'POST',
    path: '/revoke-sessions',
    summary: 'Sign out everywhere, with `revokeKeys` programs too',
    fields: [],
    aside: ['revokeKeys'],
  },
];
