import { expect, onTestFinished, test } from 'vitest';
import { admin, cookieOf, signUp } from '#test/harness/accounts.ts';
import { CLIENT, issuerToBe, signInThere, startIdentityProvider } from '#test/harness/identity-provider.ts';
import { makeProcess } from '#test/harness/make.ts';
import { beginAt, comeBack, reasonIn } from '#test/harness/provider-sign-in.ts';
import { giveCode, givePassword, readKey, send } from '#test/harness/second-factor.ts';

test('neither what a provider and Parley tell each other nor anything of a second factor is in a log', async () => {
  const issuer = await issuerToBe();
  const { parley } = await makeProcess(onTestFinished, {
    LOG_LEVEL: 'trace',
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
  });
  await admin(parley.url);
  const provider = await startIdentityProvider(issuer, {
    redirectUris: [`${parley.url}/api/auth/oauth2/callback/oidc`],
    people: { eve: { email: 'eve@example.org', email_verified: true, name: 'Eve' } },
  });
  onTestFinished(() => provider.close());
  const secrets = [CLIENT.secret, encodeURIComponent(CLIENT.secret)];
  for (const lie of [null, { sign: 'foreign' as const }]) {
    provider.lie = lie;
    const begun = await beginAt(parley.url);
    const to = await signInThere(begun.url, 'eve');
    const back = await comeBack(to, begun.cookie);
    expect(reasonIn(back)).toBe(lie && 'provider_unproven');
    const query = new URL(begun.url).searchParams;
    secrets.push(query.get('state')!, query.get('nonce')!, to.searchParams.get('code')!);
    secrets.push(...[begun.cookie, cookieOf(back)].filter(Boolean).map((cookie) => cookie.split('=')[1]!));
  }

  const ada = await signUp(parley.url);
  const begun = await (await send(ada, 'enable', { password: ada.password })).json();
  const { code } = readKey(begun.totpURI);
  await send(ada, 'verify-totp', { code: code(-1) });
  const { cookie } = await givePassword(parley.url, ada);
  expect((await giveCode(parley.url, cookie, 'wrong-canary')).status).toBe(401);
  expect((await giveCode(parley.url, cookie, begun.backupCodes[0], 'verify-backup-code')).status).toBe(200);
  secrets.push(cookie.split('=')[1]!, 'wrong-canary', ada.password, ...begun.backupCodes);
  secrets.push(new URL(begun.totpURI).searchParams.get('secret')!);
  await parley.stop('SIGTERM');

  const { stdout, stderr } = parley.output();
  expect(stderr).toContain('/api/auth/oauth2/callback/');
  expect(stderr).toContain('"reason":"provider_unproven"');
  for (const secret of secrets)
    expect((stdout + stderr).includes(secret), `${secret} is in the log`).toBe(false);
});
