import type { Page } from '@playwright/test';
import { admin, type Person, signIn, signUp } from '#test/harness/accounts.ts';
import { ChatPage, expect, test, testAlone } from './harness/story.ts';

testAlone(
  'a guest becomes the first account, keeps the chat, and adds a real endpoint',
  async ({ page, chat }) => {
    test.setTimeout(120_000);
    await chat.open();
    await chat.send('Keep me\n/script text="Kept." rate=0');
    await chat.hasState('completed');
    await expect(page.getByText(/You are a guest in this browser. Your chats are kept until/)).toBeVisible();
    await page.getByRole('link', { name: 'Create an account to keep them' }).click();
    await expect(page.getByText('Your chat comes with you.')).toBeVisible();
    await page.getByLabel('Name').fill('Ada');
    await page.getByLabel('Email').fill('ada@example.com');
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Create account' }).click();
    await chat.list.getByRole('link', { name: 'Keep me' }).click();
    await expect(chat.reply).toContainText('Kept.');
    await expect(page.getByText('You are a guest')).toHaveCount(0);

    // Still alive after the change of person: the live connection is the new one's.
    await chat.send('Once more\n/script text="Hello again." rate=0');
    await expect(chat.reply).toContainText('Hello again.');

    await page.getByRole('button', { name: 'Account: Ada' }).click();
    await page.getByRole('menuitem', { name: 'Endpoints' }).click();
    await expect(page.getByRole('heading', { name: 'scripted' })).toBeVisible();
    await page.getByRole('button', { name: 'Add an endpoint' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Not A Name');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.getByLabel('Name', { exact: true }).fill('lab');
    await page.getByLabel('Base URL').fill('http://127.0.0.1:9/v1');
    await page.getByLabel('Slots').fill('2');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    const row = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'lab' }) });
    await expect(row).toContainText('2 replies at once');
    await row.getByRole('button', { name: 'Test' }).click();
    await expect(page.getByText(/The test failed\./)).toBeVisible();
    await row.getByRole('button', { name: 'Actions for lab' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await page.getByLabel('Slots').fill('5');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(row).toContainText('5 replies at once');
    await row.getByRole('button', { name: 'Actions for lab' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(row).toHaveCount(0);

    await page.getByRole('button', { name: 'Account: Ada' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('Email').fill('ada@example.com');
    await page.getByLabel('Password', { exact: true }).fill('wrong horse battery');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByText('Email and password do not match.')).toBeVisible();
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(chat.list.getByRole('link', { name: 'Keep me' })).toBeVisible();
  },
);

testAlone.describe('where guests are not wanted', () => {
  testAlone.use({ settings: { GUESTS: 'off' } });

  testAlone('the page asks to sign in', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await page.getByRole('link', { name: 'Create one' }).click();
    await page.getByLabel('Name').fill('Grace');
    await page.getByLabel('Email').fill('grace@example.com');
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByRole('heading', { name: 'What is on your mind?' })).toBeVisible();
  });
});

testAlone(
  'from another machine the first account takes the set-up code, from the address or typed in',
  async ({ ownServer, browser }) => {
    const { rows } = await ownServer.database.db.$client.query('SELECT setup_code FROM instance');
    const code: string = rows[0].setup_code;
    const context = await browser.newContext({ extraHTTPHeaders: { 'x-forwarded-for': '203.0.113.9' } });
    const page = await context.newPage();
    const setupCode = page.getByLabel('Set-up code');
    await page.goto(`${ownServer.url}/sign-up?setup=not-this-one`);
    await expect(page.getByRole('heading', { name: 'Set up Parley' })).toBeVisible();
    await expect(page).toHaveURL(`${ownServer.url}/sign-up`);
    await expect(setupCode).toHaveCount(0);
    await page.getByLabel('Name').fill('Ada');
    await page.getByLabel('Email').fill('ada@example.com');
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByText('That is not the set-up code.')).toBeVisible();
    await setupCode.fill(code.toUpperCase());
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('button', { name: 'Account: Ada' }).click();
    await expect(page.getByRole('menuitem', { name: 'Endpoints' })).toBeVisible();
    await context.close();
  },
);

testAlone.describe('where accounts are closed', () => {
  testAlone.use({ settings: { SIGN_UP: 'off' } });

  testAlone('no page offers to make one', async ({ page, ownServer }) => {
    await admin(ownServer.url);
    await page.goto('/');
    await expect(page.getByText(/You are a guest in this browser/)).toBeVisible();
    await expect(page.locator('a[href$="/sign-up"]')).toHaveCount(0);
    await page.goto('/sign-in');
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
    await page.waitForLoadState('networkidle');
    await expect(page.locator('a[href$="/sign-up"]')).toHaveCount(0);
    await page.goto('/sign-up');
    await expect(page.getByText('New accounts cannot be created here. Ask an admin.')).toBeVisible();
    await expect(page.getByLabel('Email')).toBeHidden();
  });
});

test('an account whose session ends elsewhere signs in again in the same place, and what was written goes out', async ({
  visit,
  server,
}) => {
  const ada = await signUp(server.url);
  const page = await visit({ as: ada });
  const chat = new ChatPage(page);
  await chat.open();
  // The first that the page asks after that leads to the sign-in: it is to be the message.
  await page.waitForLoadState('networkidle');
  const elsewhere = await signIn(server.url, ada);
  await elsewhere.fetch('/api/auth/revoke-sessions', { method: 'POST', json: {} });
  await chat.composer.fill('Do not lose this\n/script text="Yes." rate=0');
  await chat.composer.press('Enter');
  await expect(page.getByText('You have been signed out. What you wrote is still here.')).toBeVisible();
  await expect(page.getByLabel('Email')).toBeFocused();
  await fillIn(page, ada);
  await expect(chat.own).toContainText('Do not lose this');
  await chat.hasState('completed');
  await expect(chat.list.getByRole('link', { name: 'Do not lose this' })).toBeVisible();

  // With nothing sent, at the address of a new chat.
  await page.goto('/');
  await chat.composer.fill('Half a thought');
  await page.context().clearCookies();
  await page.reload();
  await fillIn(page, ada);
  await expect(chat.composer).toHaveValue('Half a thought');
});

test('who is signed in already is told so on the page that asks, and may see what they type', async ({
  visit,
  server,
}) => {
  const ada = await signUp(server.url, { name: 'Ada' });
  const page = await visit({ as: ada });
  await new ChatPage(page).open();
  await page.goto('/sign-in');
  await expect(page.getByText('You are signed in as Ada.')).toBeVisible();
  await page.getByLabel('Password', { exact: true }).fill('secret words');
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('type', 'password');
  await page.getByRole('button', { name: 'Show password' }).click();
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('type', 'text');
  await page.getByRole('link', { name: 'Go to your chats' }).click();
  await expect(page.getByRole('button', { name: 'Account: Ada' })).toBeVisible();
});

async function fillIn(page: Page, { email, password }: Person): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
