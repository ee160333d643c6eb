import { signUp } from '#test/harness/accounts.ts';
import { makeAgent } from './harness/make-agent.ts';
import { ChatPage, expect, test } from './harness/story.ts';

test('what is typed survives a refresh, per chat', async ({ page, chat }) => {
  await chat.open();
  await chat.send('Home\n/script text="Yes." rate=0');
  await chat.hasState('completed');
  await chat.composer.fill('half a thought');
  await page.getByRole('link', { name: 'New chat' }).first().click();
  await expect(chat.composer).toHaveValue('');
  await chat.composer.fill('another beginning');
  await page.reload();
  await expect(chat.composer).toHaveValue('another beginning');
  await chat.list.getByRole('link', { name: 'Home' }).click();
  await expect(chat.composer).toHaveValue('half a thought');
  await chat.composer.press('Enter');
  await expect(chat.composer).toHaveValue('');
  await expect(chat.own.last()).toContainText('half a thought');
});

test('who is to answer is kept with what is typed: the agent of a chat that begins, one called by @, models to compare', async ({
  visit,
  server,
}) => {
  const ada = await signUp(server.url, { name: 'Ada' });
  const poet = await makeAgent(ada, 'Poet', { starters: ['A haiku'] });
  const critic = await makeAgent(ada, 'Code critic');
  const page = await visit({ as: ada });
  const chat = new ChatPage(page);
  await chat.open();
  const card = page.getByRole('list', { name: 'Agents' }).getByRole('button', { name: 'Poet' });
  await card.click();
  await chat.composer.pressSequentially('First @code');
  await page.keyboard.press('Tab');
  await expect(page.getByText('Code critic answers this message')).toBeVisible();
  await page.reload();
  await expect(card).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText('Code critic answers this message')).toBeVisible();
  await expect(chat.composer).toHaveValue('First ');
  await chat.send('First\n/script text="One." rate=0');
  await chat.hasState('completed');
  const made = await (await page.request.get(`/api/v1/chats/${chat.chatId}`)).json();
  expect([made.agentId, (await chat.storedMessages()).at(-1)!.agentId]).toEqual([poet, critic]);

  await page.getByRole('button', { name: /^Model: / }).click();
  await page.getByRole('button', { name: 'Compare models…' }).click();
  await page.getByRole('option', { selected: false }).first().click();
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page.getByText(/^The next message goes to /)).toBeVisible();
  await page.reload();
  await expect(page.getByText(/^The next message goes to /)).toBeVisible();
  await chat.send('Second\n/script text="Two." rate=0');
  await expect(page.getByRole('region', { name: '2 replies to compare' })).toBeVisible();
  // It was for that message alone, and nothing of it comes back.
  await page.reload();
  await expect(page.getByRole('region', { name: '2 replies to compare' })).toBeVisible();
  await expect(page.getByText(/^The next message goes to /)).toHaveCount(0);
  await page.getByRole('link', { name: 'New chat' }).first().click();
  await expect(card).toHaveAttribute('aria-pressed', 'false');
});

test('a message that cannot be sent stays with its words, and goes out once there is a line', async ({
  page,
  context,
  chat,
}) => {
  await chat.open();
  await context.setOffline(true);
  await chat.send('Out of reach\n/script text="Reached." rate=0');
  await expect(page.getByText('Not sent yet: there is no connection.')).toBeVisible();
  await expect(chat.own).toContainText('Out of reach');
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByText('Not sent yet: there is no connection.')).toBeVisible();
  await context.setOffline(false);
  await expect(chat.reply).toContainText('Reached.', { timeout: 40_000 });
  await expect(chat.own).toHaveCount(1);
  await page.reload();
  await expect(chat.reply).toContainText('Reached.');
  await expect(chat.own).toHaveCount(1);
});

test('a message that is refused can be found again, and taken back below what is in the composer', async ({
  page,
  chat,
}) => {
  await chat.open();
  await page.route('**/api/v1/messages', (route) =>
    route.fulfill({
      status: 403,
      json: { error: { code: 'chat_limit', detail: 'You have as many chats as you may.' } },
    }),
  );
  await chat.send('One too many');
  await expect(page.getByText('Not sent. You have as many chats as you may.')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Not sent. You have as many chats as you may.')).toBeVisible();
  await chat.composer.fill('And this, to it');
  await page.goto('/');
  await chat.composer.fill('Already here');
  await chat.list.getByRole('link', { name: 'One too many' }).click();
  await page.getByRole('button', { name: 'Take back' }).click();
  await expect(page).toHaveURL(/\/$/);
  await expect(chat.composer).toHaveValue('Already here\n\nOne too many\n\nAnd this, to it');
  await expect(chat.composer).toBeFocused();
  await expect(chat.list.getByRole('link', { name: 'One too many' })).toHaveCount(0);
});

test('what was written for a chat that is gone comes along to a new one', async ({ page, chat }) => {
  await chat.open();
  await chat.send('Soon gone\n/script text="Yes." rate=0');
  await chat.hasState('completed');
  await chat.composer.fill('Too good to lose');
  await page.request.delete(`/api/v1/chats/${chat.chatId}`);
  await expect(page.getByRole('heading', { name: 'This chat is not available' })).toBeVisible();
  await page.getByRole('button', { name: 'Take what you wrote to a new chat' }).click();
  await expect(chat.composer).toHaveValue('Too good to lose');
});

test('Enter sends and Shift with Enter does not; an input method keeps its Enter', async ({ page, chat }) => {
  await chat.open();
  await chat.composer.pressSequentially('one');
  await chat.composer.press('Shift+Enter');
  await chat.composer.pressSequentially('two');
  await expect(chat.composer).toHaveValue('one\ntwo');
  await chat.composer.dispatchEvent('keydown', { key: 'Enter', code: 'Enter', isComposing: true });
  await expect(page).toHaveURL(/\/$/);
  await chat.composer.press('Enter');
  await expect(page).toHaveURL(/\/c\//);
  await page.keyboard.press('Control+.');
  await page.getByRole('radio', { name: 'Ctrl + Enter' }).check({ force: true });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+Escape');
  await chat.composer.fill('three');
  await chat.composer.press('Enter');
  await expect(chat.composer).toHaveValue('three\n');
});
