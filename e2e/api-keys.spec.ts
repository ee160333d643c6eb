import { signIn, signUp } from '#test/harness/accounts.ts';
import { expect, test } from './harness/story.ts';

test('somebody makes a key, sees it once, uses it and revokes it', async ({ visit, server }) => {
  const person = await signUp(server.url, { name: 'Kim' });
  // Only an admin is asked about administration, and others may have been here first.
  await server.database.db.$client.query(`UPDATE users SET role = 'admin' WHERE id = $1`, [person.userId]);
  const page = await visit({ as: person });
  await page.goto('/');
  await page.getByRole('button', { name: 'Account: Kim' }).click();
  await page.getByRole('menuitem', { name: 'API keys' }).click();
  await expect(page.getByText('No keys yet.')).toBeVisible();
  await expect(page.locator('.code-block')).toContainText(`base_url="${server.url}/v1"`);

  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Notebook');
  await page.getByLabel('Valid for').selectOption('30 days');
  await expect(page.getByRole('checkbox', { name: 'Administration' })).not.toBeChecked();
  await page.getByRole('checkbox', { name: 'Your chats' }).uncheck();
  await page.getByRole('checkbox', { name: 'Models' }).uncheck();
  await page.getByRole('button', { name: 'Create key' }).click();
  await expect(page.getByText('Choose at least one permission.')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Models' }).check();
  await page.getByRole('button', { name: 'Create key' }).click();
  const key = await page.getByRole('textbox', { name: 'Your new key' }).inputValue();
  const use = () => fetch(`${server.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
  expect((await use()).status).toBe(200);
  await page.getByRole('button', { name: 'Done' }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'Notebook' });
  await expect(row).toContainText(`${key.slice(0, 6)}`);
  await expect(row).toContainText('expires');
  await expect(row).toContainText('Models');
  await expect(row).not.toContainText('Your chats');
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

test('somebody changes the password, and later signs out everywhere, programs too', async ({
  visit,
  server,
}) => {
  const person = await signUp(server.url, { name: 'Kim' });
  const made = await person.fetch('/api/v1/api-keys', { method: 'POST', json: { name: 'Notebook' } });
  const { key } = (await made.json()) as { key: string };
  const use = async () =>
    (await fetch(`${server.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } })).status;
  const page = await visit({ as: person });
  const settings = async (action: string) => {
    await page.getByRole('button', { name: 'Account: Kim' }).click();
    await page.getByRole('menuitem', { name: 'Settings' }).click();
    await page.getByRole('button', { name: action }).click();
  };
  await page.goto('/');
  await settings('Change password');
  await page.getByLabel('Current password', { exact: true }).fill('not this one');
  await page.getByLabel('New password', { exact: true }).fill('another long password');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('That is not your current password.')).toBeVisible();
  await page.getByLabel('Current password', { exact: true }).fill(person.password);
  await dialog.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('Your password was changed.')).toBeVisible();
  expect(await use()).toBe(200);

  const elsewhere = await signIn(server.url, { email: person.email, password: 'another long password' });
  await settings('Sign out everywhere');
  await page.getByLabel('Revoke all API keys too').check();
  await dialog.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  expect((await elsewhere.fetch('/api/v1/me')).status).toBe(401);
  expect(await use()).toBe(401);
});
