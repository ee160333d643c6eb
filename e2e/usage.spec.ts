import { readFile } from 'node:fs/promises';
import { expect, test } from './harness/story.ts';

test('somebody sees what they used, filters their history and takes it along', async ({ page, chat }) => {
  await chat.open();
  await chat.send('One\n/script usage=40,12 tokens=12 rate=0');
  await chat.hasState('completed');
  await chat.send('Two\n/script tokens=20 rate=0 fail=mid code=bad_stream');
  await chat.hasState('failed');
  const chatUrl = page.url();
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Your usage' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Your usage' })).toBeVisible();
  await expect(page.getByText('1 of 1,000')).toBeVisible();

  // The plot says the same as a table.
  await page.getByLabel('Show as a table: Tokens by day').click();
  const days = page.getByRole('figure').filter({ hasText: 'Tokens by day' }).getByRole('row');
  await expect(days).toHaveCount(31);
  await page.getByRole('radio', { name: '7 days' }).check({ force: true });
  await expect(days).toHaveCount(8);

  const history = page.getByRole('table').last().getByRole('row');
  await expect(history).toHaveCount(3);
  await expect(history.nth(1)).toContainText('The scripted model failed, as it was told to.');
  await page.getByLabel('Outcome').selectOption('Complete');
  await expect(history).toHaveCount(2);
  await expect(history.nth(1)).toContainText('12');

  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'CSV' }).click();
  const lines = (await readFile(await (await coming).path(), 'utf8')).trim().split('\r\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain('completed');

  await page.getByLabel('From').fill('2999-01-01');
  await expect(page.getByText('No matches.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await history.nth(1).getByRole('link').click();
  await expect(page).toHaveURL(chatUrl);
});
