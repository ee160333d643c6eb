/** Projects: what belongs together, and who is in it. */
import type { Page } from '@playwright/test';
import { signUp } from '#test/harness/accounts.ts';
import { makeProject } from './harness/make-project.ts';
import { ChatPage, expect, test } from './harness/story.ts';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

test('somebody makes a project, describes it, finds it, archives it, and takes its deletion back', async ({
  visit,
  server,
  complaints,
}) => {
  const page = await visit({ as: await signUp(server.url, { name: 'Ada' }) });
  await page.goto('/');
  await page.getByRole('link', { name: 'Projects', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Give related chats a place' })).toBeVisible();

  await page.getByRole('button', { name: 'New project' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Bridges');
  await page.getByRole('radio', { name: 'Rocket' }).check({ force: true });
  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(heading(page, 'Bridges')).toBeVisible();
  await expect(page).toHaveTitle('Bridges · Parley');
  await expect(page.getByRole('heading', { name: 'No chats here yet' })).toBeVisible();

  await page.getByRole('button', { name: 'Edit name and description' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Bridges and tunnels');
  await page.getByRole('textbox', { name: 'Description' }).fill('How loads are carried');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(heading(page, 'Bridges and tunnels')).toBeVisible();
  await expect(page.getByText('How loads are carried')).toBeVisible();

  // Tabs have addresses of their own, and the way back leads through them.
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('radio', { name: 'Private' }).check({ force: true });
  await expect(page.getByText('Chats begun here are seen by their author only')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'No chats here yet' })).toBeVisible();

  await page.getByRole('navigation', { name: 'Back' }).getByRole('link', { name: 'Projects' }).click();
  const cards = page.getByRole('main').getByRole('listitem');
  await expect(cards).toHaveCount(1);
  await page.getByRole('searchbox', { name: 'Search projects' }).fill('LOADS');
  await expect(cards).toContainText(['Bridges and tunnels']);
  await page.getByRole('searchbox', { name: 'Search projects' }).fill('nothing like it');
  await expect(page.getByText('No project matches “nothing like it”.')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search projects' }).press('Escape');

  await page.getByRole('link', { name: 'Bridges and tunnels' }).click();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Archive project' }).click();
  await expect(page.getByRole('button', { name: 'Restore project' })).toBeVisible();
  await page.goto('/projects');
  await page.getByRole('radio', { name: 'Archived' }).check({ force: true });
  await cards.getByRole('link', { name: 'Bridges and tunnels' }).click();

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Delete project' }).click();
  await page.getByRole('radio', { name: 'Delete the chats' }).check();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete project' }).click();
  await expect(page).toHaveURL(/\/projects$/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(heading(page, 'Bridges and tunnels')).toBeVisible();
  expect(complaints).toEqual([]);
});

test('a guest is invited by a link, makes an account on the way, joins, and is made a viewer and removed', async ({
  visit,
  server,
}) => {
  const ada = await signUp(server.url, { name: 'Ada' });
  const projectId = await makeProject(ada, 'Reading circle');
  const page = await visit({ as: ada });
  await page.goto(`/projects/${projectId}/members`);
  await page.getByRole('button', { name: 'Invite people' }).click();
  await page.getByRole('combobox', { name: 'They join as' }).selectOption('Editor');
  await page.getByRole('combobox', { name: 'Number of people' }).selectOption('One');
  await page.getByRole('button', { name: 'Create link' }).click();
  const link = await page.getByRole('textbox', { name: 'Your invitation link' }).inputValue();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText('used 0 of 1 time')).toBeVisible();

  const other = await visit();
  await other.goto(link);
  await expect(heading(other, 'You are invited to a project')).toBeVisible();
  await other.getByRole('link', { name: 'Create an account', exact: true }).click();
  await other.getByRole('textbox', { name: 'Name' }).fill('Bob Brown');
  await other.getByRole('textbox', { name: 'Email' }).fill(`bob-${Date.now()}@example.org`);
  await other.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await other.getByRole('button', { name: 'Create account' }).click();
  await other.getByRole('button', { name: 'Join' }).click();
  await expect(heading(other, 'Reading circle')).toBeVisible();
  await expect(other.getByText('You are an editor')).toBeVisible();

  // The owner sees them come in; the link is used up, and says so to whoever comes next.
  const row = page.getByRole('listitem').filter({ hasText: 'Bob Brown' });
  await expect(row).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Open invitations' })).toHaveCount(0);
  await expect(page.getByText('A project needs an owner.')).toBeVisible();
  const late = await visit({ as: await signUp(server.url) });
  await late.goto(link);
  await late.getByRole('button', { name: 'Join' }).click();
  await expect(late.getByRole('alert')).toHaveText(
    'This invitation is not valid any more. Ask for a new one.',
  );

  // What they may do changes under their eyes, and so does that they are there.
  await other.getByRole('link', { name: 'Settings' }).click();
  await expect(other.getByRole('radio', { name: 'Shared' })).toBeAttached();
  await row.getByRole('combobox', { name: 'Role of Bob Brown' }).selectOption('Viewer');
  await expect(other.getByText('You can read here')).toBeVisible();
  await expect(other.getByRole('radio', { name: 'Shared' })).toHaveCount(0);
  await row.getByRole('button', { name: 'Remove Bob Brown' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(row).toHaveCount(0);
  await expect(heading(other, 'This project is not available')).toBeVisible();
});

test('several chats of a project stand open as tabs, generate at once, and are closed without being deleted', async ({
  visit,
  server,
}) => {
  const ada = await signUp(server.url, { name: 'Ada' });
  const projectId = await makeProject(ada, 'Many things');
  const chat = new ChatPage(await visit({ as: ada }));
  const { page } = chat;
  await chat.open(`/?project=${projectId}`);
  await chat.send('First thing\n/script tokens=3000 rate=30');
  await chat.hasWritten(10);
  const tabs = page.getByRole('navigation', { name: 'Open chats' });
  await expect(page.locator('header').getByRole('link', { name: 'Many things' })).toBeVisible();
  await expect(tabs).toHaveCount(0);
  // A tab is kept by a part that comes after the chat: who leaves before it is there leaves no tab.
  await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.includes('tabs.')));
  await page.goto(`/?project=${projectId}`);
  await chat.send('Second thing\n/script tokens=3000 rate=30');
  await expect(tabs.getByRole('link', { name: /thing/ })).toHaveText([/First thing/, /Second thing/]);
  // Both are being written, and both tabs say so.
  await expect(tabs.getByRole('img', { name: 'A reply is being written' })).toHaveCount(2);
  await tabs.getByRole('link', { name: 'First thing' }).click();
  await expect(chat.own.last()).toContainText('First thing');
  await expect(tabs.getByRole('link', { name: 'First thing' })).toHaveAttribute('aria-current', 'page');

  // They are there after a reload, and on the page of the project.
  await page.reload();
  await expect(tabs.getByRole('link', { name: /thing/ })).toHaveCount(2);
  await tabs.getByRole('button', { name: 'Close tab “First thing”' }).click();
  await expect(chat.own.last()).toContainText('Second thing');
  await expect(tabs).toHaveCount(0);
  await page.goto(`/projects/${projectId}`);
  await expect(tabs.getByRole('link', { name: 'Second thing' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Chats of this project' }).getByRole('listitem')).toHaveCount(
    2,
  );
});
