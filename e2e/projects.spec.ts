/** Projects: what belongs together, and who is in it. */
import type { Page } from '@playwright/test';
import { type Person, signUp } from '#test/harness/accounts.ts';
import { ChatPage, expect, test } from './harness/story.ts';

/** A project of `owner`, with these members. */
async function makeProject(
  owner: Person,
  name: string,
  members: readonly (readonly [Person, 'owner' | 'editor' | 'viewer'])[] = [],
): Promise<string> {
  const { id } = await (await owner.fetch('/api/v1/projects', { method: 'POST', json: { name } })).json();
  for (const [{ userId }, role] of members)
    await owner.fetch(`/api/v1/projects/${id}/members/${userId}`, { method: 'PUT', json: { role } });
  return id;
}

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
  await expect(other.getByRole('link', { name: 'Settings' })).toHaveCount(0);
  await row.getByRole('button', { name: 'Remove Bob Brown' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(row).toHaveCount(0);
  await expect(heading(other, 'This project is not available')).toBeVisible();
});

test('two people in one shared chat see each other’s words, streams and typing; a viewer reads along', async ({
  visit,
  server,
}) => {
  const [ada, bob, clara] = [
    await signUp(server.url, { name: 'Ada' }),
    await signUp(server.url, { name: 'Bob' }),
    await signUp(server.url, { name: 'Clara' }),
  ];
  const projectId = await makeProject(ada, 'Seminar', [
    [bob, 'editor'],
    [clara, 'viewer'],
  ]);
  const chat = new ChatPage(await visit({ as: ada }));
  const other = new ChatPage(await visit({ as: bob }));
  await other.page.goto(`/projects/${projectId}`);
  await expect(other.page.getByRole('heading', { name: 'No chats here yet' })).toBeVisible();
  await chat.page.goto(`/projects/${projectId}`);
  await chat.page.getByRole('main').getByRole('link', { name: 'New chat' }).click();
  const header = chat.page.locator('header');
  await expect(header.getByRole('link', { name: 'Seminar' })).toBeVisible();
  await expect(header.getByText('Shared with 2 people')).toBeVisible();
  await chat.send('Who carries the load?\n/script tokens=600 rate=40');
  await chat.hasWritten(20);

  // The chat appears where the other one looks, and its reply is heard while it is written.
  await other.page.getByRole('link', { name: 'Who carries the load?' }).click();
  await expect(other.own.first()).toContainText('Ada');
  await expect(other.own.first()).toContainText('Who carries the load?');
  await other.hasWritten(60);
  await expect(other.reply).toHaveAttribute('data-state', 'running');
  await other.page.getByRole('button', { name: 'Stop', exact: true }).click();
  await chat.hasState('cancelled');

  await other.composer.pressSequentially('I think the cables do');
  const typing = chat.page.locator('[data-typing]');
  await expect(typing).toHaveText('Bob is typing');
  await other.composer.press('ControlOrMeta+a');
  await other.send('The cables do\n/script text="And the towers." rate=0');
  await expect(chat.own.last()).toContainText('Bob');
  await expect(chat.own.last()).toContainText('The cables do');
  await expect(chat.reply).toContainText('And the towers.');
  await expect(typing).toHaveCount(0);
  // One’s own words have no name over them.
  await expect(chat.own.first()).not.toContainText('Ada');
  await expect(other.own.last()).not.toContainText('Bob');

  const reader = await visit({ as: clara });
  await reader.goto(`/c/${chat.chatId}`);
  await expect(reader.locator('[data-role="assistant"]').last()).toContainText('And the towers.');
  await expect(reader.getByText('You can read this chat.')).toBeVisible();
  await expect(reader.getByRole('textbox', { name: 'Message', exact: true })).toHaveCount(0);
  for (const name of ['Regenerate', 'Stop'])
    await expect(reader.getByRole('button', { name })).toHaveCount(0);
  await reader.getByRole('button', { name: 'Chat actions' }).first().click();
  await expect(reader.getByRole('menuitem')).toHaveText(['Overview']);
  await reader.keyboard.press('Escape');
  await chat.send('Still there?\n/script text="Yes." rate=0');
  await expect(reader.locator('[data-role="assistant"]').last()).toContainText('Yes.');
  await reader.goto(`/projects/${projectId}`);
  const chats = reader.getByRole('list', { name: 'Chats of this project' });
  await expect(chats.getByRole('link', { name: 'Who carries the load?' })).toBeVisible();
  await expect(reader.getByRole('main').getByRole('link', { name: 'New chat' })).toHaveCount(0);
});

test('who is removed while a chat is open is told so, and hears nothing more', async ({ visit, server }) => {
  const ada = await signUp(server.url, { name: 'Ada' });
  const bob = await signUp(server.url, { name: 'Bob' });
  const projectId = await makeProject(ada, 'Short lived', [[bob, 'editor']]);
  const chat = new ChatPage(await visit({ as: ada }));
  await chat.page.goto(`/?project=${projectId}`);
  await chat.send('Good morning\n/script tokens=2000 rate=20');
  await chat.hasWritten(10);
  const page = await visit({ as: bob });
  const heard: string[] = [];
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))));
  const other = new ChatPage(page);
  await other.open(`/c/${chat.chatId}`);
  await other.hasWritten(20);
  await other.composer.fill('What I had in mind');

  await ada.fetch(`/api/v1/projects/${projectId}/members/${bob.userId}`, { method: 'DELETE' });
  await expect(page.getByRole('heading', { name: 'This chat is not available' })).toBeVisible();
  await expect(page.getByText('you are no longer a member of its project')).toBeVisible();
  // A right that is lost ends within two seconds, whatever goes on; the reply goes on for who is there.
  await page.waitForTimeout(2000);
  const before = heard.length;
  const written = (await chat.words()).length;
  await chat.hasWritten(written + 60);
  expect(heard.slice(before).filter((frame) => /_delta|message_/.test(frame))).toEqual([]);
  await expect(page.getByText('Good morning')).toHaveCount(0);
  // What was typed is not lost with it.
  await page.getByRole('button', { name: 'Take what you wrote to a new chat' }).click();
  await expect(other.composer).toHaveValue('What I had in mind');
});

test('a chat is moved by its menu and by dragging, is shared after a word, and made private again', async ({
  visit,
  server,
}) => {
  const ada = await signUp(server.url, { name: 'Ada' });
  const bob = await signUp(server.url, { name: 'Bob' });
  await makeProject(ada, 'Together', [[bob, 'editor']]);
  await makeProject(ada, 'Alone');
  const chat = new ChatPage(await visit({ as: ada }));
  const { page } = chat;
  await chat.open();
  await chat.send('Something of mine\n/script text="Yours." rate=0');
  await chat.hasState('completed');
  const other = await visit({ as: bob });
  await other.goto('/projects');
  await other.getByRole('main').getByRole('link', { name: 'Together' }).click();
  await expect(other.getByRole('heading', { name: 'No chats here yet' })).toBeVisible();

  // Dropped where nobody else is, it moves at once, and comes back as it was.
  const link = chat.list.getByRole('link', { name: 'Something of mine' });
  const recent = page.getByRole('list', { name: 'Recent projects' });
  const header = page.locator('header');
  await link.dragTo(recent.getByRole('link', { name: 'Alone' }));
  await expect(page.getByText('Moved to “Alone”')).toBeVisible();
  await expect(header.getByRole('link', { name: 'Alone' })).toBeVisible();
  await expect(link.getByRole('img', { name: 'Alone' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(header.getByRole('link', { name: 'Alone' })).toHaveCount(0);

  // Dropped where others are, it is asked first who is to see it.
  await link.dragTo(recent.getByRole('link', { name: 'Together' }));
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('1 other person will read the whole chat, from its first message.');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(header.getByRole('link', { name: 'Together' })).toHaveCount(0);

  // The same by the keyboard alone.
  await header.getByRole('button', { name: 'Chat actions' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Move to project…' }).press('Enter');
  await dialog.getByRole('combobox', { name: 'Project' }).selectOption('Together');
  await dialog.getByRole('button', { name: 'Move', exact: true }).press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(header.getByText('Shared with 1 person')).toBeVisible();
  await other.getByRole('link', { name: 'Something of mine' }).click();
  await expect(other.locator('[data-role="assistant"]')).toContainText('Yours.');
  // An editor reads and writes in it, and neither moves nor deletes it.
  await other.locator('header').getByRole('button', { name: 'Chat actions' }).click();
  await expect(other.getByRole('menuitem')).toHaveText(['Rename', 'Details', 'Overview', 'Archive']);
  await other.keyboard.press('Escape');

  await header.getByRole('button', { name: 'Shared with 1 person' }).click();
  await page.getByRole('menuitem', { name: 'Only for its author' }).click();
  await expect(header.getByText('Only you see it')).toBeVisible();
  await expect(other.getByRole('heading', { name: 'This chat is not available' })).toBeVisible();
  await expect(other.getByText('Yours.')).toHaveCount(0);
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
