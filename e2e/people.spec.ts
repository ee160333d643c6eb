import { signIn, signUp } from '#test/harness/accounts.ts';
import { expect, testAlone as test } from './harness/story.ts';

test('somebody who forgot their password gets a link from an admin, and chooses another', async ({
  visit,
  ownServer,
}) => {
  const ada = await signUp(ownServer.url, { email: 'ada@example.org', name: 'Ada' });
  await signUp(ownServer.url, { email: 'bob@example.org', name: 'Bob' });
  const bob = await visit({});
  await bob.goto('/sign-in');
  await bob.getByRole('link', { name: 'Forgot your password?' }).click();
  await expect(bob.getByRole('main').getByRole('status')).toContainText('An admin can give you a link');
  const page = await visit({ as: ada });
  await page.goto('/admin/users');
  await page.getByRole('button', { name: 'Actions for Bob' }).click();
  await page.getByRole('menuitem', { name: 'Link for a new password' }).click();
  const link = await page.getByRole('dialog').getByRole('textbox').inputValue();
  await bob.goto(link);
  // What is in the address is seen over a shoulder.
  await expect(bob).toHaveURL(`${ownServer.url}/reset`);
  await bob.getByLabel('New password').fill('another battery staple');
  await bob.getByRole('button', { name: 'Set password' }).click();
  await expect(bob.getByRole('main').getByRole('status')).toContainText('Your password was changed');
  await bob.getByRole('link', { name: 'Go to sign in' }).click();
  await bob.getByLabel('Email').fill('bob@example.org');
  await bob.getByLabel('Password', { exact: true }).fill('another battery staple');
  await bob.getByRole('button', { name: 'Sign in' }).click();
  await expect(bob.getByRole('button', { name: 'Account: Bob' })).toBeVisible();
  const late = await visit({});
  await late.goto(link);
  await late.getByLabel('New password').fill('yet another staple');
  await late.getByRole('button', { name: 'Set password' }).click();
  await expect(late.getByRole('main').getByRole('status')).toContainText('has been used, has expired');
});

test('an admin invites somebody, who creates an account by the link; the log says so', async ({
  visit,
  ownServer,
}) => {
  const ada = await signUp(ownServer.url, { email: 'ada@example.org', name: 'Ada' });
  const page = await visit({ as: ada });
  await page.goto('/admin/users');
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await page.getByLabel('Email (optional)').fill('cleo@example.org');
  await page.getByRole('button', { name: 'Create link' }).click();
  const link = await page.getByRole('dialog', { name: 'The invitation' }).getByRole('textbox').inputValue();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('heading', { name: 'cleo@example.org' })).toBeVisible();
  const cleo = await visit({});
  await cleo.goto(link);
  await expect(cleo.getByText('You are invited.')).toBeVisible();
  await expect(cleo.getByLabel('Email')).toHaveValue('cleo@example.org');
  await cleo.getByLabel('Name').fill('Cleo');
  await cleo.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await cleo.getByRole('button', { name: 'Create account' }).click();
  await expect(cleo.getByRole('button', { name: 'Account: Cleo' })).toBeVisible();
  await page.getByRole('link', { name: 'Audit log' }).click();
  await expect(page.getByRole('heading', { name: 'Invited someone · cleo@example.org' })).toBeVisible();
  await page.getByRole('searchbox', { name: 'Who, by name' }).fill('nobody');
  await expect(page.getByText('Nothing matches.')).toBeVisible();
});

test('somebody ends a sign-in that they do not know, takes another name, and deletes their account', async ({
  visit,
  ownServer,
}) => {
  await signUp(ownServer.url, { email: 'ada@example.org', name: 'Ada' });
  const bob = await signUp(ownServer.url, { email: 'bob@example.org', name: 'Bob' });
  const elsewhere = await signIn(ownServer.url, bob);
  const page = await visit({ as: bob });
  await page.goto('/');
  const settings = async () => {
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Settings' }).click();
  };
  await settings();
  await page.getByRole('button', { name: 'Where you are signed in' }).click();
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveCount(2);
  await page.getByRole('button', { name: /^Sign out: / }).click();
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveCount(1);
  expect((await elsewhere.fetch('/api/v1/me')).status).toBe(401);
  await page.keyboard.press('Escape');
  await settings();
  await page.getByRole('button', { name: 'Name and email' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Robert');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('button', { name: 'Account: Robert' })).toBeVisible();
  await settings();
  await page.getByRole('button', { name: 'Delete account' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Your password').fill('wrong password');
  await expect(dialog.getByRole('button', { name: 'Delete account' })).toBeDisabled();
  await dialog.getByLabel('Type “delete” to confirm').fill('delete');
  await dialog.getByRole('button', { name: 'Delete account' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await dialog.getByLabel('Your password').fill(bob.password);
  await dialog.getByRole('button', { name: 'Delete account' }).click();
  await expect(page.getByRole('button', { name: 'Account: Guest' })).toBeVisible();
  await expect(signIn(ownServer.url, bob)).rejects.toThrow('401');
});
