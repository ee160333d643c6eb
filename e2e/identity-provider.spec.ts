import type { Page } from '@playwright/test';
import { admin } from '#test/harness/accounts.ts';
import {
  CLIENT,
  type IdentityProvider,
  issuerToBe,
  startIdentityProvider,
} from '#test/harness/identity-provider.ts';
import { expect, testAlone } from './harness/story.ts';

const PEOPLE = { grace: { email: 'grace@example.org', email_verified: true, name: 'Grace Hopper' } };

const test = testAlone.extend<{ issuer: string; provider: IdentityProvider }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameters
  issuer: async ({}, use) => use(await issuerToBe()),
  settings: async ({ issuer }, use) =>
    use({
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
      OIDC_NAME: 'Example University',
    }),
  provider: async ({ issuer, ownServer }, use) => {
    const redirectUris = [`${ownServer.url}/api/auth/oauth2/callback/oidc`];
    const provider = await startIdentityProvider(issuer, { redirectUris, people: PEOPLE });
    await use(provider);
    await provider.close();
  },
});

async function signInThere(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue with Example University' }).click();
  await page.getByPlaceholder('Enter any login').fill('grace');
  await page.getByPlaceholder('and password').fill('x');
  await page.getByRole('button', { name: 'Sign-in' }).click();
}

test('a guest signs in through the university, keeps the chat and the draft, and comes back to the page they were on', async ({
  page,
  chat,
  ownServer,
  provider,
  complaints,
}) => {
  await admin(ownServer.url);
  await chat.open();
  await chat.send('Keep me\n/script text="Kept." rate=0');
  await chat.hasState('completed');
  await chat.composer.fill('A thought that was not sent');
  await page.goto('/sign-in?next=%2Fusage');
  expect(provider.asked).toEqual([]);
  await signInThere(page);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(`${ownServer.url}/usage`);
  await expect(page.getByRole('button', { name: 'Account: Grace Hopper' })).toBeVisible();
  await chat.list.getByRole('link', { name: 'Keep me' }).click();
  await expect(chat.reply).toContainText('Kept.');
  await expect(chat.composer).toHaveValue('A thought that was not sent');

  // Once more as a guest: this time there is an account already, and what the guest has goes to it.
  await page.getByRole('button', { name: 'Account: Grace Hopper' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await chat.open();
  await chat.send('Another\n/script text="Also kept." rate=0');
  await chat.hasState('completed');
  await chat.composer.fill('A second thought');
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Continue with Example University' }).click();
  await expect(chat.list.getByRole('link', { name: 'Another' })).toBeVisible();
  await expect(chat.list.getByRole('link', { name: 'Keep me' })).toBeVisible();
  await chat.list.getByRole('link', { name: 'Another' }).click();
  await expect(chat.composer).toHaveValue('A second thought');
  expect(complaints).toEqual([]);
});

test('who cancels over there, or finds nobody there, is told so in words, and passwords go on', async ({
  page,
  ownServer,
  provider,
  visit,
}) => {
  const boss = await admin(ownServer.url);
  await page.goto('/sign-in');
  await signInThere(page);
  await page.getByText('[ Cancel ]').click();
  await expect(page.getByRole('alert')).toHaveText('You cancelled the sign-in at the provider.');

  await provider.close();
  const russian = await visit({ locale: 'ru-RU' });
  // What was asked of it a moment ago is still believed, so the browser gets there and finds nobody.
  await ownServer.kill();
  await ownServer.start();
  await russian.goto('/sign-in');
  await russian.getByRole('button', { name: 'Войти через Example University' }).click();
  await expect(russian.getByRole('alert')).toHaveText(
    'Сервис входа недоступен. Попробуйте позже или войдите по паролю.',
  );
  await russian.getByLabel('Электронная почта').fill(boss.email);
  await russian.getByLabel('Пароль', { exact: true }).fill(boss.password);
  await russian.getByRole('button', { name: 'Войти', exact: true }).click();
  await expect(russian.getByRole('button', { name: 'Учётная запись: Ada Admin' })).toBeVisible();
});

const testInvited = test.extend({
  settings: async ({ settings }, use) => use({ ...settings, SIGN_UP: 'invite' }),
});

testInvited(
  'who was invited accepts by signing in over there, also at the second try',
  async ({ page, ownServer, provider }) => {
    const boss = await admin(ownServer.url);
    const made = await boss.fetch('/api/v1/admin/invites', { method: 'POST', json: {} });
    const { url } = (await made.json()) as { url: string };
    await page.goto(url);
    await expect(page.getByText('You are invited.')).toBeVisible();
    expect(page.url()).not.toContain('invite=');
    await signInThere(page);
    await page.getByText('[ Cancel ]').click();
    await expect(page.getByRole('alert')).toHaveText('You cancelled the sign-in at the provider.');
    await expect(page.getByText('You are invited.')).toBeVisible();
    expect(page.url()).not.toContain('invite=');
    await page.getByRole('button', { name: 'Continue with Example University' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByRole('button', { name: 'Account: Grace Hopper' })).toBeVisible();
    expect(provider.asked.length).toBeGreaterThan(0);
  },
);
