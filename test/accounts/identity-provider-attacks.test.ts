/** Attacks on signing in through a provider, one by one, against a real one that can be told to lie. */
import type { JWTPayload } from 'jose';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { admin, cookieOf, type Person, signUp } from '#test/harness/accounts.ts';
import {
  CLIENT,
  type IdentityProvider,
  issuerToBe,
  type Lie,
  signInThere,
  startIdentityProvider,
} from '#test/harness/identity-provider.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { beginAt, comeBack, reasonIn, signInThrough, whoIs } from '#test/harness/provider-sign-in.ts';

const people: Record<string, { email: string; email_verified: unknown; name: string }> = {
  eve: { email: 'eve@example.org', email_verified: true, name: 'Eve' },
};
let parley: TestParley;
let provider: IdentityProvider;
let second: IdentityProvider;
let boss: Person;
beforeAll(async () => {
  const issuers = [await issuerToBe(), await issuerToBe()] as const;
  const client = { clientId: CLIENT.id, clientSecret: CLIENT.secret };
  parley = await startTestParley({
    signInProviders: [
      { id: 'oidc', name: 'One', issuer: issuers[0], ...client },
      { id: 'oidc2', name: 'Two', issuer: issuers[1], ...client },
    ],
  });
  boss = await admin(parley.url);
  const callback = `${parley.url}/api/auth/oauth2/callback`;
  provider = await startIdentityProvider(issuers[0], { redirectUris: [`${callback}/oidc`], people });
  second = await startIdentityProvider(issuers[1], { redirectUris: [`${callback}/oidc2`], people });
});
afterEach(() => {
  provider.lie = null;
});
afterAll(async () => {
  await parley.close();
  await provider.close();
  await second.close();
});

const countUsers = async (): Promise<number> =>
  (await parley.database.db.$client.query('SELECT count(*) FROM users')).rows[0].count;

/** That nobody was signed in, nothing was made, and the reason is told. */
async function expectRefused(response: Response, reason: string): Promise<void> {
  expect(response.status).toBe(302);
  expect(response.headers.get('location')).toBe(`/sign-in?error=${reason}`);
  expect(cookieOf(response)).toBe('');
}

const seconds = () => Math.floor(Date.now() / 1000);
const LIES: [string, Lie][] = [
  ['of another issuer', { claims: (claims) => ({ ...claims, iss: second.issuer }) }],
  ['for another client', { claims: (claims) => ({ ...claims, aud: 'another' }) }],
  [
    'for several, made for another',
    { claims: (claims) => ({ ...claims, aud: [CLIENT.id, 'another'], azp: 'another' }) },
  ],
  ['for several, not saying for whom', { claims: (claims) => ({ ...claims, aud: [CLIENT.id, 'another'] }) }],
  ['with another nonce', { claims: (claims) => ({ ...claims, nonce: 'of another sign-in' }) }],
  ['without a nonce', { claims: ({ nonce: _, ...claims }: JWTPayload) => claims }],
  ['that has ended', { claims: (claims) => ({ ...claims, exp: seconds() - 120 }) }],
  ['that never ends', { claims: ({ exp: _, ...claims }: JWTPayload) => claims }],
  ['of nobody', { claims: ({ sub: _, ...claims }: JWTPayload) => claims }],
  ['without a signature', { sign: 'none' }],
  ['signed with the shared secret', { sign: 'HS256' }],
  ['signed with a key that is not the provider’s', { sign: 'foreign' }],
];

test.each(LIES)('an ID token %s is not believed', async (_what, lie) => {
  provider.lie = lie;
  const before = await countUsers();
  await expectRefused(await signInThrough(parley.url, 'eve'), 'provider_unproven');
  expect(await countUsers()).toBe(before);
});

test('the same one, honestly signed by this harness, is', async () => {
  provider.lie = { claims: (claims) => claims };
  expect(await whoIs(parley.url, await signInThrough(parley.url, 'eve'))).toMatchObject({ name: 'Eve' });
});

test('a state that was never given, is missing, or is another browser’s opens nothing, and takes nothing from its owner', async () => {
  const { url, cookie } = await beginAt(parley.url);
  const to = await signInThere(url, 'eve');
  const other = await beginAt(parley.url);
  const changed = (change: (query: URLSearchParams) => void): URL => {
    const address = new URL(to);
    change(address.searchParams);
    return address;
  };
  await expectRefused(
    await comeBack(
      changed((query) => query.set('state', 'made up')),
      cookie,
    ),
    'sign_in_expired',
  );
  await expectRefused(
    await comeBack(
      changed((query) => query.delete('state')),
      cookie,
    ),
    'sign_in_expired',
  );
  // An attacker’s answer in a victim’s browser (CSRF), and a stolen answer in the attacker’s.
  await expectRefused(await comeBack(to, other.cookie), 'sign_in_expired');
  await expectRefused(await comeBack(to, ''), 'sign_in_expired');
  await expectRefused(await comeBack(to, 'parley.provider=made-up'), 'sign_in_expired');
  expect(await whoIs(parley.url, await comeBack(to, cookie))).toMatchObject({ name: 'Eve' });
});

test('an answer is used once, and a code that was redeemed is refused by the provider as well', async () => {
  const { url, cookie } = await beginAt(parley.url);
  const to = await signInThere(url, 'eve');
  expect(await whoIs(parley.url, await comeBack(to, cookie))).toMatchObject({ name: 'Eve' });
  await expectRefused(await comeBack(to, cookie), 'sign_in_expired');
  const again = await beginAt(parley.url);
  const stale = new URL(await signInThere(again.url, 'eve'));
  stale.searchParams.set('code', to.searchParams.get('code')!);
  await expectRefused(await comeBack(stale, again.cookie), 'provider_refused');
});

test('a code of another sign-in cannot be put in the place of one’s own (PKCE)', async () => {
  const [mine, theirs] = [await beginAt(parley.url), await beginAt(parley.url)];
  const [to, stolen] = [await signInThere(mine.url, 'eve'), await signInThere(theirs.url, 'eve')];
  to.searchParams.set('code', stolen.searchParams.get('code')!);
  await expectRefused(await comeBack(to, mine.cookie), 'provider_refused');
});

test('a sign-in that took too long is over', async () => {
  const { url, cookie } = await beginAt(parley.url);
  const to = await signInThere(url, 'eve');
  await parley.database.db.$client.query(
    `UPDATE provider_sign_ins SET expires_at = now() - interval '1 second'`,
  );
  await expectRefused(await comeBack(to, cookie), 'sign_in_expired');
});

test('the answer of one provider is not taken for another’s (mix-up)', async () => {
  const { url, cookie } = await beginAt(parley.url);
  const to = await signInThere(url, 'eve');
  const swapped = new URL(to);
  swapped.pathname = swapped.pathname.replace(/oidc$/, 'oidc2');
  const askedBefore = second.asked.length;
  await expectRefused(await comeBack(swapped, cookie), 'provider_unproven');
  const again = await beginAt(parley.url);
  const lied = await signInThere(again.url, 'eve');
  lied.searchParams.set('iss', second.issuer);
  await expectRefused(await comeBack(lied, again.cookie), 'provider_unproven');
  const once = await beginAt(parley.url);
  const nameless = await signInThere(once.url, 'eve');
  nameless.searchParams.delete('iss');
  await expectRefused(await comeBack(nameless, once.cookie), 'provider_unproven');
  // Neither code has reached the other provider.
  expect(second.asked.slice(askedBefore)).not.toContain('POST /token');
});

test('the same name at two providers is two people', async () => {
  people.twin = { email: 'twin-one@example.org', email_verified: true, name: 'Twin' };
  const one = await whoIs(parley.url, await signInThrough(parley.url, 'twin'));
  people.twin = { email: 'twin-two@example.org', email_verified: true, name: 'Twin' };
  const two = await whoIs(parley.url, await signInThrough(parley.url, 'twin', { providerId: 'oidc2' }));
  expect(two!.id).not.toBe(one!.id);
});

test.each([[false], [undefined], ['false'], [1], ['yes'], [null]])(
  'an address equal to an admin’s that is verified as %j there does not lead to the admin',
  async (verified) => {
    const { $client } = parley.database.db;
    await $client.query('UPDATE users SET email_verified = true WHERE id = $1', [boss.userId]);
    people.mallory = { email: boss.email.toUpperCase(), email_verified: verified, name: 'Mallory' };
    await expectRefused(await signInThrough(parley.url, 'mallory'), 'account_not_linked');
    const { rows } = await $client.query('SELECT provider_id FROM accounts WHERE user_id = $1', [
      boss.userId,
    ]);
    expect(rows).toEqual([{ provider_id: 'credential' }]);
  },
);

test('who signed up with somebody else’s address does not get into the account that its owner would have', async () => {
  const squatter = await signUp(parley.url, { email: 'owner@example.org' });
  people.owner = { email: 'owner@example.org', email_verified: true, name: 'Owner' };
  await expectRefused(await signInThrough(parley.url, 'owner'), 'account_not_linked');
  expect((await squatter.fetch('/api/v1/me')).status).toBe(200);
});

test('the userinfo of somebody else is not believed', async () => {
  people.nomail = { name: 'No Mail' } as never;
  provider.lie = { claims: (claims) => ({ ...claims, sub: 'eve' }) };
  await expectRefused(await signInThrough(parley.url, 'nomail'), 'provider_unproven');
});

test.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/%2Fevil.example',
  '/%5cevil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  'evil.example',
  ' //evil.example',
  'http://127.0.0.1@evil.example/',
  '/\ud800',
  '',
  5,
  ['/usage'],
  `/${'x'.repeat(400)}`,
])('nobody is sent to %j afterwards', async (address) => {
  for (const field of ['callbackURL', 'errorCallbackURL']) {
    const { response } = await beginAt(parley.url, { [field]: address });
    expect([400, 403], field).toContain(response.status);
    expect(response.headers.getSetCookie()).toEqual([]);
  }
});

test('a whole address of our own is one', async () => {
  const back = await signInThrough(parley.url, 'eve', { callbackURL: `${parley.url}/usage` });
  expect(back.headers.get('location')).toBe('/usage');
  const near = await beginAt(parley.url, { callbackURL: `${parley.url}.evil.example/` });
  expect(near.response.status).toBe(403);
});

test('another site cannot begin a sign-in, and an unknown provider is none', async () => {
  const { response } = await beginAt(parley.url, {}, { origin: 'https://evil.example' });
  expect(response.status).toBe(403);
  expect((await beginAt(parley.url, { providerId: 'oidc3' })).response.status).toBe(400);
  expect((await beginAt(parley.url, { providerId: { $ne: null } })).response.status).toBe(400);
});

test('a provider that describes itself as another one is not asked further', async () => {
  const issuer = await issuerToBe();
  const impostor = await startIdentityProvider(issuer, { redirectUris: ['http://127.0.0.1/x'], people });
  impostor.description = { issuer: provider.issuer };
  const one = { id: 'oidc', name: 'X', issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret };
  const other = await startTestParley({ signInProviders: [one] });
  try {
    const { response } = await beginAt(other.url);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ reason: 'provider_unproven' });
  } finally {
    await other.close();
    await impostor.close();
  }
});

test('the words of a refusal are ours, whatever a provider answers', async () => {
  const { url, cookie } = await beginAt(parley.url);
  const back = new URL(`${parley.url}/api/auth/oauth2/callback/oidc`);
  back.searchParams.set('state', new URL(url).searchParams.get('state')!);
  back.searchParams.set('iss', provider.issuer);
  back.searchParams.set('error', '<script>alert(1)</script>');
  back.searchParams.set('error_description', 'Call this number');
  const refused = await comeBack(back, cookie);
  expect(reasonIn(refused)).toBe('provider_refused');
  expect(refused.headers.get('location')).toBe('/sign-in?error=provider_refused');
});
