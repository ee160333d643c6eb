/** What a newcomer does in the first minutes, each with the fewest clicks, texts and keys; `docs/first-minutes.md` tells the counts. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { signUp } from '#test/harness/accounts.ts';
import { CHATGPT } from '#test/transfer/fixtures/foreign.ts';
import { startUpstream } from '#test/upstream/start-upstream.ts';
import { type Effort, Hand } from './harness/hand.ts';
import { ChatPage, expect, test, testAlone } from './harness/story.ts';

const PAGE = readFileSync(new URL('../docs/first-minutes.md', import.meta.url), 'utf8');

/** The row of the docs for a task. */
function told(task: string): Effort {
  const cells = PAGE.split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .find(([, name]) => name === task);
  const [clicks, texts, keys] = cells?.slice(2, 5).map(Number) ?? [];
  return { clicks: clicks!, texts: texts!, keys: keys! };
}

/** Where the cursor is when a page has opened is part of the promise: nobody has to click into the field first. */
async function begin(page: Page): Promise<{ chat: ChatPage; hand: Hand }> {
  const chat = new ChatPage(page);
  await chat.open();
  await expect(chat.composer).toBeFocused();
  return { chat, hand: new Hand(page) };
}

const SHORT = '/script tokens=8 rate=0';

test('ask something', async ({ page }) => {
  const { chat, hand } = await begin(page);
  await hand.write(`How are you?\n${SHORT}`);
  await hand.press('Enter');
  await chat.hasState('completed');
  expect(hand.effort).toEqual(told('Ask something'));
});

test('stop a reply', async ({ page }) => {
  const { chat, hand } = await begin(page);
  await chat.send('A long story\n/script tokens=3000 rate=60');
  await chat.hasWritten(20);
  await hand.press('Escape');
  await chat.hasState('cancelled');
  expect(hand.effort).toEqual(told('Stop a reply'));
});

test('edit a question, and go back to what it was', async ({ page }) => {
  const { chat, hand: editing } = await begin(page);
  await chat.send(`First\n${SHORT}`);
  await chat.hasState('completed');
  await chat.own.first().hover();
  await editing.click(chat.own.first().getByRole('button', { name: 'Edit' }));
  await expect(page.getByRole('textbox', { name: 'Your message' })).toBeFocused();
  // Choosing all that stands in the field is a part of writing another text.
  await page.keyboard.press('ControlOrMeta+A');
  await editing.write(`Otherwise\n${SHORT}`);
  await editing.press('Enter');
  await expect(chat.own).toContainText('Otherwise');
  await chat.hasState('completed');
  expect(editing.effort).toEqual(told('Edit a question'));

  const going = new Hand(page);
  await going.click(page.getByRole('button', { name: 'Earlier version' }));
  await expect(chat.own).toContainText('First');
  expect(going.effort).toEqual(told('Go back to another branch'));
});

test('find an old chat', async ({ page }) => {
  const { chat, hand } = await begin(page);
  await chat.send('Tell me about narwhals\n/script text="They live in the Arctic." rate=0');
  await chat.hasState('completed');
  await page.getByRole('link', { name: 'New chat' }).first().click();
  await expect(chat.composer).toBeFocused();
  await hand.press('ControlOrMeta+K');
  await hand.write('arctic');
  await expect(page.getByRole('option', { name: /Reply: They live in the Arctic/ })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await hand.press('Enter');
  await expect(chat.own).toContainText('narwhals');
  expect(hand.effort).toEqual(told('Find an old chat'));
});

test('share a chat', async ({ page }) => {
  const { chat, hand } = await begin(page);
  await chat.send(`To be read by others\n${SHORT}`);
  await chat.hasState('completed');
  await hand.click(page.locator('header').getByRole('button', { name: 'Share…' }));
  await hand.click(page.getByRole('dialog').getByRole('button', { name: 'Create link' }));
  const copy = page.getByRole('dialog').getByRole('button', { name: 'Copy link' });
  await expect(copy).toBeFocused();
  await hand.press('Enter');
  expect(hand.effort).toEqual(told('Share a chat'));
});

test('import a ChatGPT export', async ({ page }) => {
  const { chat, hand } = await begin(page);
  await hand.click(page.getByRole('button', { name: /^Account/ }));
  await hand.click(page.getByRole('menuitem', { name: 'Import and export' }));
  await hand.chooseFile(page.getByRole('button', { name: 'Choose files' }), {
    name: 'conversations.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(CHATGPT)),
  });
  await hand.click(page.getByRole('button', { name: /^Bring in/ }));
  await expect(chat.list.getByRole('link', { name: 'Rivers' })).toBeVisible();
  expect(hand.effort).toEqual(told('Import a ChatGPT export'));
});

test('make a project and invite somebody', async ({ visit, server }) => {
  const page = await visit({ as: await signUp(server.url, { name: 'Ada' }) });
  const { hand } = await begin(page);
  await hand.click(page.getByRole('link', { name: 'Projects', exact: true }));
  await hand.click(page.getByRole('button', { name: 'New project' }));
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await hand.write('Bridges');
  await hand.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Bridges' })).toBeVisible();
  await hand.click(page.getByRole('link', { name: 'Members' }));
  await hand.click(page.getByRole('button', { name: 'Invite people' }));
  await hand.click(page.getByRole('button', { name: 'Create link' }));
  await hand.click(page.getByRole('dialog').getByRole('button', { name: 'Copy' }));
  expect(await page.getByRole('textbox', { name: 'Your invitation link' }).inputValue()).toMatch(/\/join/);
  expect(hand.effort).toEqual(told('Make a project and invite somebody'));
});

testAlone('add a model', async ({ visit, ownServer }) => {
  const upstream = await startUpstream({ models: ['mine-7b'] });
  try {
    const page = await visit({ as: await signUp(ownServer.url, { name: 'Ada' }) });
    const { hand } = await begin(page);
    await hand.click(page.getByRole('button', { name: 'Ada' }));
    await hand.click(page.getByRole('menuitem', { name: 'Endpoints' }));
    await hand.click(page.getByRole('button', { name: 'Add an endpoint' }));
    const form = page.getByRole('dialog');
    await hand.click(form.getByLabel('Base URL'));
    await page.keyboard.press('ControlOrMeta+A');
    await hand.write(upstream.url);
    await hand.press('Enter');
    await expect(page.getByRole('listitem').filter({ hasText: upstream.url })).toBeVisible();
    expect(hand.effort).toEqual(told('Add a model'));
  } finally {
    await upstream.close();
  }
});

testAlone('see where one stands in line', async ({ visit, ownServer }) => {
  const [first, second] = [new ChatPage(await visit()), new ChatPage(await visit())];
  for (const chat of [first, second]) await chat.open();
  await ownServer.database.db.$client.query('UPDATE endpoints SET slots = 1');
  await first.send('I am being served\n/script tokens=5000 rate=60');
  await first.hasWritten(20);
  const hand = new Hand(second.page);
  await second.send('I wait');
  await expect(second.reply).toContainText('You are next');
  await expect(second.reply.getByTestId('the-line')).toBeVisible();
  expect(hand.effort).toEqual(told('See where you are in line'));
});
