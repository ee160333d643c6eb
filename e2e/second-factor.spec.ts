import type { Page } from '@playwright/test';
import { admin, type Person, signUp } from '#test/harness/accounts.ts';
import { readKey, turnOn } from '#test/harness/second-factor.ts';
import { ChatPage, expect, test, testAlone } from './harness/story.ts';

async function openWindow(page: Page): Promise<void> {
  await new ChatPage(page).open();
  await page.keyboard.press('Control+.');
  await page.getByRole('main').getByRole('button', { name: 'Second factor' }).click();
}

async function signInAs(page: Page, { email, password }: Person): Promise<void> {
  await page.goto('/sign-in?next=%2Fkeys');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('somebody sets a second factor up, keeps the recovery codes, and signs in with it by the keyboard', async ({
  server,
  visit,
  complaints,
}) => {
  const ada = await signUp(server.url);
  const page = await visit({ as: ada, permissions: ['clipboard-read', 'clipboard-write'] });
  await openWindow(page);
  await expect(page.getByLabel('Your password')).toBeFocused();
  await page.keyboard.type('wrong horse battery');
  await page.keyboard.press('Enter');
  await expect(page.getByText('That is not your current password.')).toBeVisible();
  await page.getByLabel('Your password').fill(ada.password);
  await page.keyboard.press('Enter');

  await expect(page.getByRole('img', { name: 'QR code for your authenticator app' })).toBeVisible();
  const key = ((await page.getByTestId('key').textContent()) ?? '').replaceAll(' ', '');
  const { code } = readKey(`otpauth://totp/x?secret=${key}`);
  await expect(page.getByLabel('Code', { exact: true })).toHaveAttribute('autocomplete', 'one-time-code');
  await expect(page.getByLabel('Code', { exact: true })).toBeFocused();
  await page.keyboard.type('000000');
  await page.keyboard.press('Enter');
  await expect(page.getByText('That code is not right.')).toBeVisible();
  await page.keyboard.type(code(-1));
  await page.keyboard.press('Enter');

  const codes = await page
    .getByRole('list', { name: 'Your recovery codes' })
    .getByRole('listitem')
    .allInnerTexts();
  expect(codes).toHaveLength(10);
  await page.getByRole('button', { name: 'Copy codes' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(codes.join('\n'));
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  expect((await saved).suggestedFilename()).toBe('parley-recovery-codes.txt');
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('dialog').filter({ hasText: 'recovery codes' })).toHaveCount(0);

  const other = await visit();
  await signInAs(other, ada);
  await expect(other.getByRole('heading', { name: 'Second step' })).toBeVisible();
  await expect(other.getByLabel('Code', { exact: true })).toBeFocused();
  await other.keyboard.type(code());
  await other.keyboard.press('Enter');
  await expect(other).toHaveURL(/\/keys$/);
  await expect(other.getByRole('heading', { name: 'API keys' })).toBeVisible();

  const third = await visit();
  await signInAs(third, ada);
  await third.getByLabel('Code', { exact: true }).fill(code());
  await third.keyboard.press('Enter');
  await expect(third.getByText('That code was used already. Wait for the next one.')).toBeVisible();
  await third.getByRole('button', { name: 'Use a recovery code instead' }).click();
  await third.getByLabel('Recovery code').fill(codes[0]!.toUpperCase());
  await third.keyboard.press('Enter');
  await expect(third).toHaveURL(/\/keys$/);

  await openWindow(third);
  await expect(third.getByText('9 recovery codes are left.')).toBeVisible();
  await third.getByRole('button', { name: 'Turn off' }).click();
  await third.getByLabel('Your password').fill(ada.password);
  await third.getByRole('button', { name: 'Turn off' }).click();
  await expect(third.getByText('Your second factor is off.')).toBeVisible();
  expect(complaints).toEqual([]);
});

test('after five wrong codes the password is asked for again', async ({ server, visit }) => {
  const ada = await signUp(server.url);
  await turnOn(ada);
  const page = await visit();
  await signInAs(page, ada);
  for (let tries = 0; tries < 5; tries++) {
    const answered = page.waitForResponse(/verify-totp/);
    await page.getByLabel('Code', { exact: true }).fill('00000');
    await page.keyboard.press('Enter');
    await answered;
  }
  await page.getByLabel('Code', { exact: true }).fill('000000');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Give your password again.')).toBeVisible();
  await page.locator('form').getByRole('button', { name: 'Start over' }).click();
  await expect(page.getByLabel('Password', { exact: true })).toBeVisible();
});

testAlone('an admin takes the second factor from who has lost it', async ({ ownServer, visit }) => {
  const boss = await admin(ownServer.url);
  const grace = await signUp(ownServer.url, { name: 'Grace' });
  await turnOn(grace);
  const page = await visit({ as: boss });
  await page.goto('/admin/users');
  const row = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Grace' }) });
  await expect(row).toContainText('second factor');
  await row.getByRole('button', { name: 'Actions for Grace' }).click();
  await page.getByRole('menuitem', { name: 'Remove second factor' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove second factor' }).click();
  await expect(page.getByText('Grace can sign in with the password alone.')).toBeVisible();
  await expect(row).not.toContainText('second factor');
  const hers = await visit();
  await signInAs(hers, grace);
  await expect(hers).toHaveURL(/\/keys$/);
});
