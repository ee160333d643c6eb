import { expect, test } from 'vitest';
import { readSignInProviders } from './sign-in-providers.ts';

const ONE = { OIDC_ISSUER: 'https://login.example.org/', OIDC_CLIENT_ID: 'parley', OIDC_CLIENT_SECRET: 's' };

test('without any variable there is no provider, and empty ones count as missing', () => {
  expect(readSignInProviders({})).toEqual({ providers: [], problems: [] });
  expect(readSignInProviders({ OIDC_ISSUER: ' ', OIDC_NAME: '' })).toEqual({ providers: [], problems: [] });
});

test('the first has no suffix, further ones have numbers, with or without a gap; a name is the host unless told', () => {
  const { providers, problems } = readSignInProviders({
    ...ONE,
    OIDC_ISSUER_3: 'http://127.0.0.1:8080/realms/lab',
    OIDC_CLIENT_ID_3: 'lab',
    OIDC_CLIENT_SECRET_3: 't',
    OIDC_NAME_3: 'The lab',
  });
  expect(problems).toEqual([]);
  expect(providers).toEqual([
    {
      id: 'oidc',
      name: 'login.example.org',
      issuer: 'https://login.example.org/',
      clientId: 'parley',
      clientSecret: 's',
    },
    {
      id: 'oidc3',
      name: 'The lab',
      issuer: 'http://127.0.0.1:8080/realms/lab',
      clientId: 'lab',
      clientSecret: 't',
    },
  ]);
});

test('what is missing or cannot be an issuer is named with its suffix', () => {
  const { problems } = readSignInProviders({
    OIDC_ISSUER: 'login.example.org',
    OIDC_CLIENT_ID: 'x',
    OIDC_CLIENT_SECRET: 'y',
    OIDC_NAME: 'n'.repeat(41),
    OIDC_NAME_2: 'Only a name',
    OIDC_ISSUER_4: 'https://user@login.example.org',
    OIDC_CLIENT_ID_4: 'x',
    OIDC_CLIENT_SECRET_4: 'y',
  });
  expect(problems.map((problem) => problem.split(':')[0])).toEqual([
    'OIDC_ISSUER',
    'OIDC_NAME',
    'OIDC_ISSUER_2',
    'OIDC_CLIENT_ID_2',
    'OIDC_CLIENT_SECRET_2',
    'OIDC_ISSUER_4',
  ]);
});
