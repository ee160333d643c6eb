/** The routes of signing in through a provider, by better-auth's names. */
import { type AuthRoute, perAddress } from '../auth-route.ts';
import { beginSignIn } from './begin-sign-in.ts';
import { finishSignIn } from './finish-sign-in.ts';
import type { Providers } from './providers.ts';

export const providerRoutes = (providers: Providers): AuthRoute[] => [
  {
    method: 'POST',
    path: '/sign-in/oauth2',
    summary: 'Begin to sign in through a provider',
    fields: ['providerId', 'callbackURL', 'errorCallbackURL', 'disableRedirect', 'invite'],
    limits: perAddress('sign-in-provider', 30),
    own: (call) => beginSignIn(call, providers),
  },
  {
    method: 'GET',
    path: '/oauth2/callback/:providerId',
    summary: 'Where a provider sends the browser back to',
    limits: perAddress('provider-callback', 60),
    own: (call) => finishSignIn(call, providers),
  },
];
