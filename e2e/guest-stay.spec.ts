import type { Page } from '@playwright/test';
import { expect, test } from './harness/story.ts';

const banner = (page: Page) => page.getByRole('complementary', { name: 'How long your chats are kept' });
const note = (page: Page) => page.getByText(/You are a guest in this browser/);

test('a guest is told above the chat how long it is kept, dismisses that, and keeps it by an account', async ({
  page,
  chat,
}) => {
  await chat.open();
  await expect(banner(page)).toHaveCount(0);
  await expect(note(page)).toHaveCount(1);
  await chat.send('Keep this\n/script text="Kept." rate=0');
  await chat.hasState('completed');
  await expect(banner(page)).toContainText('Your chats are kept until');
  await expect(note(page)).toHaveCount(1);
  await banner(page).getByRole('button', { name: 'Dismiss' }).click();
  await expect(banner(page)).toHaveCount(0);
  await expect(note(page)).toHaveCount(1);
  await page.reload();
  await expect(chat.reply).toContainText('Kept.');
  await expect(note(page)).toHaveCount(1);
  await expect(banner(page)).toHaveCount(0);

  const address = page.url();
  await chat.composer.fill('Not sent yet');
  await page.getByRole('link', { name: 'Create an account to keep them' }).click();
  await page.getByLabel('Name').fill('Ada');
  await page.getByLabel('Email').fill(`${crypto.randomUUID()}@example.org`);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page).toHaveURL(address);
  await expect(chat.reply).toContainText('Kept.');
  await expect(chat.composer).toHaveValue('Not sent yet');
  await expect(note(page)).toHaveCount(0);
});

test('shortly before a guest is removed it is said above every composer, and cannot be dismissed', async ({
  page,
  chat,
}) => {
  await page.route('**/api/v1/me', async (route) => {
    const response = await route.fetch();
    if (route.request().method() !== 'GET' || !response.ok()) return route.fulfill({ response });
    const me = await response.json();
    await route.fulfill({
      response,
      json: { ...me, expiresAt: new Date(Date.now() + 12_000).toISOString() },
    });
  });
  await chat.open();
  await expect(note(page)).toHaveCount(1);
  await expect(banner(page)).toContainText('Your chats here are removed on', { timeout: 20_000 });
  await expect(banner(page).getByRole('status')).toBeVisible();
  await expect(banner(page).getByRole('button', { name: 'Dismiss' })).toHaveCount(0);
  await expect(note(page)).toHaveCount(0);
});
