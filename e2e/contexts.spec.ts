/** Instructions to the models, and what a model was told for a reply. */
import type { Page } from '@playwright/test';
import { signUp } from '#test/harness/accounts.ts';
import { ChatPage, expect, testAlone as test } from './harness/story.ts';

const field = (page: Page, name: string) => page.getByRole('textbox', { name });
const SAVE = 'Save instructions';

test('an admin writes the instructions, compares versions, brings one back, and is not let go unsaved', async ({
  visit,
  ownServer,
}) => {
  test.setTimeout(90_000);
  const ada = await signUp(ownServer.url, { name: 'Ada' });
  const page = await visit({ as: ada });
  await page.goto('/admin/context');
  const text = field(page, 'Instructions of this Parley');
  await expect(text).toHaveValue(/helpful assistant/);
  await expect(page.getByText('This is the built-in text')).toBeVisible();
  await text.fill('Answer briefly and politely.');
  // What models are told is seen while it is written.
  await expect(
    page.getByRole('paragraph').filter({ hasText: /^Answer briefly and politely\.$/ }),
  ).toBeVisible();
  await page.getByRole('button', { name: SAVE }).click();
  await expect(page.getByText(/^Version 1 · saved by Ada/)).toBeVisible();
  await text.fill('Answer briefly and kindly.');

  // A link asks first; staying keeps what was typed.
  await page.getByRole('link', { name: 'Users' }).click();
  const guard = page.getByRole('dialog', { name: 'Leave without saving?' });
  await guard.getByRole('button', { name: 'Stay here' }).click();
  await expect(text).toHaveValue('Answer briefly and kindly.');
  await page.getByRole('button', { name: SAVE }).click();
  await expect(page.getByText(/^Version 2 ·/)).toBeVisible();

  await page.getByRole('button', { name: 'Versions' }).click();
  const versions = page.getByRole('list', { name: 'Versions' }).getByRole('listitem');
  await expect(versions).toHaveCount(2);
  await page.getByRole('button', { name: 'Compare version 2' }).click();
  const difference = page.getByRole('region', { name: 'What differs' });
  await expect(difference.locator('del')).toHaveText('politely');
  await expect(difference.locator('ins')).toHaveText('kindly');
  await page.getByRole('button', { name: 'Bring back version 1' }).click();
  await expect(text).toHaveValue('Answer briefly and politely.');
  await expect(versions.first()).toContainText('brought back from version 1');

  // Left for good, the change is gone.
  await text.fill('Never saved.');
  await page.getByRole('link', { name: 'Users' }).click();
  await guard.getByRole('button', { name: 'Leave' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible();
  await page.getByRole('link', { name: 'Instructions' }).click();
  await expect(text).toHaveValue('Answer briefly and politely.');
});

test('of two who save at once the second sees both texts, and decides', async ({ visit, ownServer }) => {
  const ada = await signUp(ownServer.url, { name: 'Ada' });
  const page = await visit({ as: ada });
  await page.goto('/admin/context');
  const text = field(page, 'Instructions of this Parley');
  await expect(text).toHaveValue(/helpful/);
  await text.fill('Mine.');
  const theirs = await ada.fetch('/api/v1/admin/context', { method: 'PUT', json: { content: 'Theirs.' } });
  expect(theirs.status).toBe(200);
  await page.getByRole('button', { name: SAVE }).click();
  const conflict = page.getByRole('region', { name: 'These instructions were changed meanwhile.' });
  await expect(conflict.getByRole('region', { name: /^Version 1/ })).toHaveText('Theirs.');
  await expect(conflict.getByRole('region', { name: 'Your text' })).toHaveText('Mine.');
  await conflict.getByRole('button', { name: 'Save mine' }).click();
  await expect(conflict).toHaveCount(0);
  await expect(text).toHaveValue('Mine.');
  await expect(page.getByText(/^Version 2 ·/)).toBeVisible();
});

test('somebody gives instructions of their own and to a chat, and sees what was sent, with its proof', async ({
  visit,
  ownServer,
}) => {
  test.setTimeout(90_000);
  const ada = await signUp(ownServer.url, { name: 'Ada' });
  const page = await visit({ as: ada });
  const chat = new ChatPage(page);
  await chat.open();
  await page.keyboard.press('Control+.');
  await page.getByRole('button', { name: 'Change: Your instructions' }).click();
  await field(page, 'What should the models know about you').fill('I am a botanist.');
  await page.getByRole('button', { name: SAVE }).click();
  await expect(page.getByText(/^Version 1 · saved by Ada/)).toBeVisible();
  await page.keyboard.press('Escape');

  await chat.send('First\n/script tokens=9 rate=0');
  await chat.hasState('completed');
  await page.locator('header').getByRole('button', { name: 'Chat actions' }).click();
  await page.getByRole('menuitem', { name: 'Details' }).click();
  await field(page, 'Instructions for this chat').fill('Only about mosses.');
  await page.getByRole('button', { name: SAVE }).click();
  await expect(page.getByText('Saved as version 1.').last()).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).first().click();

  await chat.send('Second\n/script tokens=9 rate=0');
  await expect(chat.replies).toHaveCount(2);
  await chat.hasState('completed');
  await chat.reply.getByRole('button', { name: 'About this reply' }).click();
  await page.getByRole('button', { name: 'What was sent' }).click();
  const panel = page.getByRole('complementary', { name: 'What was sent' });
  const sent = panel.getByRole('listitem');
  await expect(sent).toHaveText([
    /^This Parleybuilt in/,
    /^Personalversion 1/,
    /^This chatversion 1/,
    /^You/,
    /^Reply/,
    /^You/,
  ]);
  await sent.nth(2).locator('summary').click();
  await expect(sent.nth(2).getByText('Only about mosses.').last()).toBeVisible();
  await expect(panel.getByText(/^Verified/)).toBeVisible();

  // What is changed behind its back is told.
  await ownServer.database.db.$client.query(
    `UPDATE messages SET content = '[{"type": "text", "text": "Forged"}]' WHERE chat_id = $1 AND parent_id IS NULL`,
    [chat.chatId],
  );
  await panel.getByRole('button', { name: 'Close' }).click();
  await chat.reply.getByRole('button', { name: 'About this reply' }).click();
  await page.getByRole('button', { name: 'What was sent' }).click();
  await expect(panel.getByText(/changed or removed after the reply/)).toBeVisible();
});

test('a chat that outgrows its model says so: under the reply, in the head, and in words of both languages', async ({
  visit,
  ownServer,
}) => {
  const ada = await signUp(ownServer.url, { name: 'Ada' });
  await ownServer.database.db.$client.query('UPDATE models SET context_window = 600');
  const page = await visit({ as: ada });
  const chat = new ChatPage(page);
  await chat.open();
  await chat.send('/script tokens=20 rate=0');
  await chat.hasState('completed');
  const meter = page.locator('header').getByRole('button', { name: /tokens are in use/ });
  await expect(meter).toHaveCount(0);
  for (const turn of [2, 3, 4]) {
    await chat.send(`/script tokens=120 rate=0\n${'and so on '.repeat(10)}`);
    await expect(chat.replies).toHaveCount(turn);
    await chat.hasState('completed');
  }
  const note = chat.reply.getByRole('button', { name: /earlier messages? (was|were) not sent/ });
  await expect(note).toBeVisible();
  await expect(meter).toBeVisible();
  await note.click();
  const panel = page.getByRole('complementary', { name: 'What was sent' });
  await expect(panel.getByText(/earlier messages? (was|were) not sent: /)).toBeVisible();
  await expect(panel.getByText(/^Verified/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(note).toBeFocused();

  await page.keyboard.press('Control+.');
  await page.getByText('Русский').click();
  await page.keyboard.press('Escape');
  await expect(chat.reply.getByRole('button', { name: /не отправлен/ })).toBeVisible();
  await chat.reply.getByRole('button', { name: /не отправлен/ }).click();
  await expect(page.getByRole('complementary').getByText(/^Проверено/)).toBeVisible();
});
