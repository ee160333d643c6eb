import { signIn, signUp } from '#test/harness/accounts.ts';
import { expect, testAlone as test } from './harness/story.ts';

test('an admin finds somebody, sets their limits, shuts them out and lets them in again', async ({
  visit,
  ownServer,
}) => {
  test.setTimeout(120_000);
  const ada = await signUp(ownServer.url, { email: 'ada@example.org', name: 'Ada' });
  const bob = await signUp(ownServer.url, { email: 'bob@example.org', name: 'Bob' });
  const page = await visit({ as: ada });
  await page.goto('/');
  await page.getByRole('button', { name: 'Account: Ada' }).click();
  await page.getByRole('menuitem', { name: 'Users' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible();
  await expect(page).toHaveTitle('Users · Parley');

  const row = (name: string) =>
    page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });
  await expect(row('Ada')).toContainText('Admin');
  await page.getByRole('searchbox', { name: 'Search by name or email' }).fill('BOB@');
  await expect(row('Ada')).toHaveCount(0);
  await expect(row('Bob')).toContainText('Default limits');

  await row('Bob').getByRole('button', { name: 'Actions for Bob' }).click();
  await page.getByRole('menuitem', { name: 'Role and limits' }).click();
  const dialog = page.getByRole('dialog', { name: 'Bob' });
  await expect(dialog.getByLabel('Replies at once')).toHaveAttribute('placeholder', '100');
  await dialog.getByLabel('Chats').fill('3');
  await dialog.getByLabel('Tokens in 24 hours').fill('5000');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(row('Bob')).toContainText('3 chats · 5,000 tokens in 24 hours');
  expect(await (await bob.fetch('/api/v1/me')).json()).toMatchObject({ maxChats: 3 });

  await row('Bob').getByRole('button', { name: 'Actions for Bob' }).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  await expect(page.getByRole('dialog')).toContainText('They are signed out everywhere right away');
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
  await expect(row('Bob')).toContainText('Disabled');
  expect((await bob.fetch('/api/v1/me')).status).toBe(401);
  await row('Bob').getByRole('button', { name: 'Actions for Bob' }).click();
  await page.getByRole('menuitem', { name: 'Enable' }).click();
  await expect(page.getByText('Bob can sign in again.')).toBeVisible();
});

test('the last admin stays one, and the defaults hold for everybody', async ({ visit, ownServer }) => {
  const ada = await signUp(ownServer.url, { email: 'ada@example.org', name: 'Ada' });
  const bob = await signUp(ownServer.url, { email: 'bob@example.org', name: 'Bob' });
  const page = await visit({ as: ada });
  await page.goto('/admin/users');
  await page.getByRole('button', { name: 'Actions for Ada' }).click();
  await page.getByRole('menuitem', { name: 'Role and limits' }).click();
  await page.getByRole('radio', { name: 'Member' }).check({ force: true });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toHaveText(
    'This is the last admin who can sign in. Make somebody else admin first.',
  );
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('button', { name: 'Actions for Ada' }).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  await expect(page.getByRole('dialog')).toContainText('This is you');
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
  await expect(page.getByRole('alert')).toContainText('the last admin');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Change: Default limits' }).click();
  await page.getByRole('dialog').getByLabel('Chats').fill('7');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await expect
    .poll(async () => ((await (await bob.fetch('/api/v1/me')).json()) as { maxChats: number }).maxChats)
    .toBe(7);

  // Others are told that there is nothing here.
  const theirs = await visit({ as: bob });
  await theirs.goto('/admin/users');
  await expect(theirs.getByRole('heading', { name: 'Page not found' })).toBeVisible();
  await theirs.getByRole('button', { name: 'Account: Bob' }).click();
  await expect(theirs.getByRole('menuitem', { name: 'Your usage' })).toBeVisible();
  await expect(theirs.getByRole('menuitem', { name: 'Users' })).toHaveCount(0);
});

test('an admin sees where somebody is signed in, and signs them out everywhere', async ({
  visit,
  ownServer,
}) => {
  const ada = await signUp(ownServer.url, { email: 'ada@example.org', name: 'Ada' });
  const bob = await signUp(ownServer.url, { email: 'bob@example.org', name: 'Bob' });
  const elsewhere = await signIn(ownServer.url, bob);
  const page = await visit({ as: ada });
  await page.goto('/admin/users');
  const row = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Bob' }) });
  await expect(row).toContainText('address not confirmed');
  await row.getByRole('button', { name: 'Actions for Bob' }).click();
  await page.getByRole('menuitem', { name: 'Where they are signed in' }).click();
  const dialog = page.getByRole('dialog', { name: 'Where Bob is signed in' });
  await expect(dialog.getByRole('listitem')).toHaveCount(2);
  await expect(dialog.getByRole('listitem').first()).toContainText('from 127.0.0.1');
  await dialog.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(page.getByText('Bob is signed out everywhere.')).toBeVisible();
  await expect(dialog).toHaveCount(0);
  for (const one of [bob, elsewhere]) expect((await one.fetch('/api/v1/me')).status).toBe(401);

  await page.getByRole('button', { name: 'Actions for Ada' }).click();
  await page.getByRole('menuitem', { name: 'Where they are signed in' }).click();
  await expect(page.getByRole('dialog')).toContainText('These are yours.');
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' })).toHaveCount(0);
  await page.goto('/admin/audit');
  await expect(
    page.getByRole('listitem').filter({ hasText: 'Signed somebody out everywhere' }),
  ).toContainText('Bob');
});
