/** Which of better-auth's routes there are, what their bodies may hold, and how often each may be asked. */
import type { FastifyRequest } from 'fastify';
import { addressKey } from '#platform/http/address.ts';
import { type AuthRoute, perAddress } from './auth-route.ts';
import type { AttemptLimit } from './count-attempts.ts';

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
    aside: ['setupCode'],
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
  { method: 'GET', path: '/list-sessions', summary: 'Where this account is signed in' },
  { method: 'POST', path: '/revoke-session', summary: 'End one session', fields: ['token'] },
  { method: 'POST', path: '/revoke-other-sessions', summary: 'End all sessions but this one', fields: [] },
  {
    method: 'POST',
    path: '/revoke-sessions',
    summary: 'Sign out everywhere, with `revokeKeys` programs too',
    fields: [],
    aside: ['revokeKeys'],
  },
];
