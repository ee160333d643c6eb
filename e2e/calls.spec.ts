/** What is called from the composer: commands by `/`, agents and models by `@`. */
import type { Page } from '@playwright/test';
import { signUp } from '#test/harness/accounts.ts';
import { faults } from './harness/axe.ts';
import { makeAgent } from './harness/make-agent.ts';
import { ChatPage, expect, test } from './harness/story.ts';

const QUICK = '/script text="Done." rate=0';
const commands = (page: Page) => page.getByRole('listbox', { name: 'Commands' });

test('commands are offered for a slash, found by letters of either language, and run by keys alone', async ({
  visit,
  server,
  complaints,
}) => {
  const page = await visit({ as: await signUp(server.url) });
  const chat = new ChatPage(page);
  await chat.open();
  const list = commands(page);
  const names = list.getByRole('option');
  await chat.composer.pressSequentially('/');
  // What there is no chat for yet is not offered.
  await expect(names.filter({ hasText: 'Keyboard shortcuts' })).toHaveCount(1);
  await expect(names.filter({ hasText: 'Rename' })).toHaveCount(0);
  await expect(names.first()).toHaveAttribute('aria-selected', 'true');
  expect(await faults(page)).toEqual([]);
  await chat.composer.pressSequentially('temp');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/temporary=1/);
  await expect(chat.composer).toHaveValue('');
  await expect(chat.composer).toBeFocused();
  await chat.open();

  // The demo model's own words begin with a slash, and go to it as they are.
  await page.keyboard.type(QUICK);
  await expect(list).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/c\//);
  await chat.hasState('completed');
  expect(await chat.storedText()).toBe('Done.');

  await chat.composer.pressSequentially('/переим');
  await expect(names).toHaveText([/^Rename/]);
  await page.keyboard.press('Tab');
  const title = page.getByRole('textbox', { name: 'Title of the chat' });
  await expect(title).toBeFocused();
  await title.fill('Bridges');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Bridges', level: 1 })).toBeVisible();
  await page.keyboard.press('Shift+Escape');

  await chat.composer.pressSequentially('/again');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'Versions of this message' })).toContainText('2/2');
  await chat.hasState('completed');

  for (const [typed, opened] of [
    ['/share', page.getByRole('dialog', { name: 'Share this chat' })],
    ['/export', page.getByRole('dialog', { name: 'Export' })],
    ['/move', page.getByRole('dialog', { name: 'Move this chat' })],
    ['/short', page.getByRole('dialog', { name: 'Keyboard shortcuts' })],
  ] as const) {
    await chat.composer.pressSequentially(typed);
    await expect(names).toHaveCount(1);
    await page.keyboard.press('Enter');
    await expect(opened).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(opened).toHaveCount(0);
    await expect(chat.composer).toBeFocused();
  }

  await chat.composer.pressSequentially('/compare');
  await page.keyboard.press('Enter');
  const picking = page.getByRole('dialog', { name: 'Models to compare' });
  await expect(picking.getByRole('combobox')).toBeFocused();
  for (const model of ['demo', 'fast']) {
    await picking.getByRole('combobox').fill(`scripted/${model}`);
    await page.keyboard.press('Enter');
  }
  await picking.getByRole('button', { name: 'Compare', exact: true }).press('Enter');
  await expect(page.getByText('The next message goes to demo and fast.')).toBeVisible();
  await expect(chat.composer).toBeFocused();
  await page.getByRole('button', { name: 'Do not compare' }).click();

  await chat.composer.pressSequentially('/new chat');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/$/);
  expect(complaints).toEqual([]);
});

test('a text that begins with a slash and is no command is sent; Escape leaves a command to be sent as well', async ({
  page,
  chat,
}) => {
  await chat.open();
  await chat.send(`Hello\n${QUICK}`);
  await chat.hasState('completed');
  await page.keyboard.type('/etc/hosts');
  await expect(commands(page)).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(chat.own.last()).toContainText('/etc/hosts');
  await expect(chat.replies).toHaveCount(2);
  await chat.hasState('completed');
  await page.keyboard.type('/settings');
  await expect(commands(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(commands(page)).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(chat.own.last()).toContainText('/settings');
  await expect(page).toHaveURL(/\/c\//);
  // Escape took the list away and nothing else.
  await chat.hasState('completed');
  await page.keyboard.type('/set');
  await expect(commands(page)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/settings$/);
});

test('while a reply is written it can be stopped by a command, and is offered for nothing else', async ({
  page,
  chat,
}) => {
  await chat.open();
  await chat.send('/script tokens=2000 rate=40');
  await chat.hasWritten(20);
  await page.keyboard.type('/');
  await expect(commands(page).getByRole('option', { name: /Answer again/ })).toHaveCount(0);
  await page.keyboard.press('Escape');
  // That closed the list; the reply goes on.
  await expect(chat.reply).toHaveAttribute('data-state', 'running');
  await chat.composer.fill('');
  await page.keyboard.type('/стоп');
  await page.keyboard.press('Enter');
  await chat.hasState('cancelled');
});

test('nothing is offered while an input method composes', async ({ page, chat }) => {
  await chat.open();
  await chat.send(QUICK);
  await chat.hasState('completed');
  const browser = await page.context().newCDPSession(page);
  await chat.composer.focus();
  await browser.send('Input.imeSetComposition', { text: '/set', selectionStart: 4, selectionEnd: 4 });
  await expect(chat.composer).toHaveValue('/set');
  // Long enough for what would be fetched and drawn.
  await page.waitForTimeout(500);
  await expect(commands(page)).toHaveCount(0);
  await browser.send('Input.insertText', { text: '/set' });
  await expect(commands(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await chat.composer.fill('');
  await browser.send('Input.imeSetComposition', { text: '@', selectionStart: 1, selectionEnd: 1 });
  await page.waitForTimeout(500);
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await browser.send('Input.insertText', { text: '@' });
  await expect(page.getByRole('listbox', { name: 'Who answers this message' })).toBeVisible();
});

test('a model is called for one message by @, beside an agent, and the chat’s own answers the next', async ({
  visit,
  server,
}) => {
  const ada = await signUp(server.url);
  const poet = await makeAgent(ada, 'Poet');
  const page = await visit({ as: ada });
  const chat = new ChatPage(page);
  await chat.open();
  // Also with the very first message: what was chosen for the chat answers those after it.
  await page.getByRole('button', { name: /^Model: / }).click();
  await page
    .getByRole('option')
    .filter({ hasText: /^thinking/ })
    .click();
  await chat.composer.pressSequentially('@fas');
  const list = page.getByRole('listbox', { name: 'Who answers this message' });
  await expect(list.getByRole('group', { name: 'Models' }).getByRole('option')).toHaveText([/^fast/]);
  await expect(list.getByRole('group', { name: 'Agents' })).toHaveCount(0);
  await page.keyboard.press('Enter');
  const chip = page.getByText('Model for this message: fast');
  await expect(chip).toBeVisible();
  await chat.send(QUICK);
  await chat.hasState('completed');
  await expect(chip).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Model: thinking' })).toBeVisible();
  await chat.send(QUICK);
  await expect(chat.replies).toHaveCount(2);
  await chat.hasState('completed');
  const models = async () =>
    (await chat.storedMessages()).flatMap(({ ending }) => (ending ? [ending.model.split('/')[1]] : []));
  expect(await models()).toEqual(['fast', 'thinking']);

  // Both groups, moved through as one list; one of each holds, through a reload.
  await chat.composer.pressSequentially('@');
  await expect(list.getByRole('group', { name: 'Agents' }).getByRole('option')).toHaveText([/^Poet/]);
  await expect(list.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  // The field scrolls the list, which is no stop of its own; a field of several lines may not say so as a combobox does.
  expect((await faults(page)).filter((fault) => !fault.startsWith('scrollable-region-focusable'))).toEqual(
    [],
  );
  await page.keyboard.press('Enter');
  await expect(page.getByText('Poet answers this message')).toBeVisible();
  await chat.composer.pressSequentially('@demo ');
  const demo = page.getByText('Model for this message: demo');
  await expect(demo).toBeVisible();
  await page.reload();
  await expect(demo).toBeVisible();
  await chat.send(QUICK);
  await expect(chat.replies).toHaveCount(3);
  await chat.hasState('completed');
  expect((await chat.storedMessages()).at(-1)!.agentId).toBe(poet);
  expect(await models()).toEqual(['fast', 'thinking', 'demo']);
  await chat.send(QUICK);
  await expect(chat.replies).toHaveCount(4);
  await chat.hasState('completed');
  expect(await models()).toEqual(['fast', 'thinking', 'demo', 'thinking']);

  // Let go by the key that takes away, the last one first; and by its button.
  await chat.composer.pressSequentially('@Poet ');
  await chat.composer.pressSequentially('@demo ');
  await expect(demo).toBeVisible();
  await page.keyboard.press('Backspace');
  await expect(demo).toHaveCount(0);
  await page.getByRole('button', { name: 'Not Poet' }).click();
  await expect(page.getByText('Poet answers this message')).toHaveCount(0);
  await expect(chat.composer).toBeFocused();
});

test('in Russian commands are called by Russian and by English words', async ({ visit }) => {
  const page = await visit({ locale: 'ru-RU' });
  await page.goto('/');
  const composer = page.getByRole('textbox', { name: 'Сообщение' });
  const options = page.getByRole('listbox', { name: 'Команды' }).getByRole('option');
  await composer.pressSequentially('/клав');
  await expect(options).toHaveText(['Сочетания клавиш/клавиши']);
  await composer.fill('');
  await composer.pressSequentially('/temp');
  await expect(options).toHaveText(['Новый временный чат/временный']);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/temporary=1/);
});
