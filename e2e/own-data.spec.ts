import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './harness/story.ts';

async function fileOf(page: Page, link: Locator): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test('a guest takes all data along, deletes everything, and brings the chats in again', async ({
  page,
  chat,
}) => {
  await chat.open();
  await chat.send('Take me along\n/script text="Packed." rate=0');
  await chat.hasState('completed');
  await page.goto('/settings#ownData');
  const { name, bytes } = await fileOf(page, page.getByRole('link', { name: 'Download all my data' }));
  expect(name).toMatch(/^parley-data-\d{4}-\d\d-\d\d\.zip$/);
  expect(bytes.subarray(0, 2).toString()).toBe('PK');

  await page.goto('/settings#deleteAccount');
  await page.getByRole('button', { name: 'Delete everything' }).click();
  const dialog = page.getByRole('dialog');
  const again = await fileOf(page, dialog.getByRole('link', { name: 'Download all my data' }));
  expect(again.name).toBe(name);
  await dialog.getByLabel('Type “delete” to confirm').fill('delete');
  await dialog.getByRole('button', { name: 'Delete everything' }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await expect(chat.composer).toBeVisible();
  await expect(chat.list.getByRole('link', { name: 'Take me along' })).toHaveCount(0);

  await page.goto('/import');
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name, mimeType: 'application/zip', buffer: again.bytes });
  await page.getByRole('button', { name: 'Bring in 1 chat' }).click();
  await chat.list.getByRole('link', { name: 'Take me along' }).click();
  await expect(chat.reply).toContainText('Packed.');
});
