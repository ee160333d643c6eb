/** Chats that several people share. */
import { signUp } from '#test/harness/accounts.ts';
import { makeProject } from './harness/make-project.ts';
import { ChatPage, expect, test } from './harness/story.ts';

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
  await expect(reader.getByRole('menuitem')).toHaveText(['Settings', 'Overview', 'Export']);
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
  await expect(other.getByRole('menuitem')).toHaveText([
    'Rename',
    'Details',
    'Settings',
    'Overview',
    'Archive',
    'Export',
  ]);
  await other.keyboard.press('Escape');

  await header.getByRole('button', { name: 'Shared with 1 person' }).click();
  await page.getByRole('menuitem', { name: 'Only for its author' }).click();
  await expect(header.getByText('Only you see it')).toBeVisible();
  await expect(other.getByRole('heading', { name: 'This chat is not available' })).toBeVisible();
  await expect(other.getByText('Yours.')).toHaveCount(0);
});
