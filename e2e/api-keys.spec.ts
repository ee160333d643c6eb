import { signUp } from '#test/harness/accounts.ts';
import { expect, test } from './harness/story.ts';

test('somebody makes a key, sees it once, uses it and revokes it', async ({ visit, server }) => {
  const person = await signUp(server.url, { name: 'Kim' });
  const page = await visit({ as: person });
  await page.goto('/');
  await page.getByRole('button', { name: 'Account: Kim' }).click();
  await page.getByRole('menuitem', { name: 'API keys' }).click();
  await expect(page.getByText('No keys yet.')).toBeVisible();
  await expect(page.locator('.code-block')).toContainText(`base_url="${server.url}/v1"`);

  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Notebook');
  await page.getByLabel('Valid for').selectOption('30 days');
  await page.getByRole('button', { name: 'Make key' }).click();
  const key = await page.getByRole('textbox', { name: 'Your new key' }).inputValue();
  const use = () => fetch(`${server.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
  expect((await use()).status).toBe(200);
  await page.getByRole('button', { name: 'Done' }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'Notebook' });
  await expect(row).toContainText(`${key.slice(0, 6)}`);
  await expect(row).toContainText('expires');
  await page.reload();
  await expect(row).toContainText('last used');
  expect(await page.content()).not.toContain(key);

  await row.getByRole('button', { name: 'Revoke: Notebook' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('“Notebook” no longer works.')).toBeVisible();
  await expect(row).toHaveCount(0);
  expect((await use()).status).toBe(401);
});

test('a guest is told that keys need an account', async ({ page }) => {
  await page.goto('/keys');
  await expect(page.getByRole('heading', { name: 'Keys need an account' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'New key' })).toHaveCount(0);
  await page.locator('main').getByRole('link', { name: 'Create an account' }).click();
  await expect(page).toHaveURL(/\/sign-up$/);
});
