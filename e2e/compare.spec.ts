/** Asking several models at once, and choosing among their replies. */
import type { Locator, Page } from '@playwright/test';
import { browserCookies, signUp } from '#test/harness/accounts.ts';
import { faults } from './harness/axe.ts';
import { makeProject } from './harness/make-project.ts';
import { atRest, ChatPage, expect, OFTEN, type Server, test } from './harness/story.ts';

const LONG = 'Who carries the load?\n/script tokens=800 rate=40';
const SHORT = 'Who carries the load?\n/script tokens=12 rate=0';

/** Has the next message go to these, the model that would answer otherwise among them. */
async function pick(page: Page, models: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: /^Model: / }).click();
  await page.getByRole('button', { name: 'Compare models…' }).click();
  const list = page.getByRole('listbox', { name: 'Choose a model' });
  const chosen = list.getByRole('option', { selected: true });
  await expect(chosen).toHaveCount(1);
  await chosen.click();
  for (const model of models) await list.getByRole('option').filter({ hasText: model }).first().click();
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page.getByText(/^The next message goes to /)).toBeVisible();
}

const row = (page: Page) => page.getByRole('region', { name: /replies to compare/ });
const column = (page: Page, model: string) => row(page).getByRole('group', { name: model, exact: true });
const stateOf = (reply: Locator) => reply.locator('[data-role="assistant"]').getAttribute('data-state');
const length = async (reply: Locator) => (await reply.locator('.markdown').allInnerTexts()).join('').length;

/** What is kept of comparisons in a chat, oldest first. */
async function judged({ database }: Server, chatId: string) {
  const { rows } = await database.db.$client.query(
    `SELECT verdict, reason, chosen, over FROM preferences WHERE chat_id = $1 ORDER BY created_at`,
    [chatId],
  );
  return rows as { verdict: string; reason: string; chosen: string | null; over: string[] }[];
}

test('three models answer at once, also after a refresh, and the second is preferred, with a reason', async ({
  page,
  chat,
  server,
  visit,
  complaints,
}) => {
  // Of a guest one reply at a time is written.
  await page.context().addCookies(browserCookies(await signUp(server.url), server.url));
  await chat.open();
  await pick(page, ['demo', 'fast', 'thinking']);
  await expect(page.getByText('The next message goes to demo, fast, and thinking.')).toBeVisible();
  await expect(chat.composer).toBeFocused();
  await chat.send(LONG);
  await expect(row(page).getByRole('group')).toHaveCount(3);
  for (const model of ['demo', 'fast', 'thinking']) {
    await expect.poll(() => length(column(page, model)), OFTEN).toBeGreaterThan(20);
    expect(await stateOf(column(page, model))).toBe('running');
  }
  // It was for that message alone.
  await expect(page.getByText(/^The next message goes to /)).toHaveCount(0);
  await page.reload();
  await expect(row(page).getByRole('group')).toHaveCount(3);
  for (const model of ['demo', 'fast', 'thinking']) {
    const before = await length(column(page, model));
    await expect.poll(() => length(column(page, model)), OFTEN).toBeGreaterThan(before + 20);
  }
  const other = await visit({ storageState: await page.context().storageState() });
  await other.goto(`/c/${chat.chatId}`);
  await expect.poll(() => length(column(other, 'thinking')), OFTEN).toBeGreaterThan(20);
  // One is stopped by itself; nothing is to be chosen before all have ended.
  await column(page, 'demo').getByRole('button', { name: 'Stop demo' }).click();
  await expect(column(page, 'demo')).toContainText('You stopped this reply.');
  expect(await stateOf(column(page, 'fast'))).toBe('running');
  await expect(page.getByRole('button', { name: 'I prefer this' })).toHaveCount(0);
  for (const model of ['fast', 'thinking'])
    await column(page, model)
      .getByRole('button', { name: `Stop ${model}` })
      .click();
  await expect(page.getByRole('button', { name: 'I prefer this' })).toHaveCount(3);
  await atRest(page);
  expect(await faults(page)).toEqual([]);

  await column(page, 'fast').getByRole('button', { name: 'I prefer this' }).click();
  await expect(page.getByText('You preferred this one to 2 others')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Side by side' })).toBeFocused();
  await expect(chat.replies).toHaveCount(1);
  await page.getByRole('button', { name: 'Say why' }).click();
  await page.getByRole('textbox', { name: 'Why?' }).fill('It is shorter.');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('button', { name: 'Change the reason' })).toBeFocused();
  await expect(other.getByText('You preferred this one to 2 others')).toBeVisible();
  await page.reload();
  await expect(page.getByText('You preferred this one to 2 others')).toBeVisible();
  await expect(page.getByRole('group', { name: 'Versions of this message' })).toContainText('2/3');
  const shown = (await chat.storedMessages()).at(-1)!;
  expect(shown.ending?.model).toBe('scripted/fast');
  expect(await judged(server, chat.chatId)).toEqual([
    {
      verdict: 'better',
      reason: 'It is shorter.',
      chosen: shown.id,
      over: shown.compared!.ids.filter((id) => id !== shown.id),
    },
  ]);
  // The others are a press away, and one may think again.
  await page.getByRole('button', { name: 'Side by side' }).click();
  await expect(column(page, 'fast').getByRole('button', { name: 'I prefer this' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(page.getByRole('button', { name: 'One at a time' })).toBeFocused();
  expect(complaints).toEqual([]);
});

test('by keyboard alone models are picked and found equal, and who just goes on goes on with the first', async ({
  page,
  chat,
  server,
}) => {
  await chat.open();
  await page.getByRole('button', { name: /^Model: / }).focus();
  await page.keyboard.press('Enter');
  const search = page.getByRole('combobox', { name: 'Search models' });
  await expect(search).toBeFocused();
  const door = page.getByRole('button', { name: 'Compare models…' });
  await expect(door).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(door).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(search).toBeFocused();
  const done = page.getByRole('button', { name: 'Compare', exact: true });
  await expect(page.getByText('1 of 4 chosen')).toBeVisible();
  await expect(done).toBeDisabled();
  await page.keyboard.type('fast');
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 of 4 chosen')).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('Tab');
  await expect(done).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(chat.composer).toBeFocused();
  await page.getByRole('button', { name: 'Do not compare' }).click();
  await expect(page.getByText(/^The next message goes to /)).toHaveCount(0);
  await expect(chat.composer).toBeFocused();
  await chat.send(SHORT);
  await chat.hasState('completed');
  await expect(row(page)).toHaveCount(0);

  await pick(page, ['demo', 'fast']);
  await chat.send(SHORT);
  const same = page.getByRole('button', { name: 'About the same' });
  await same.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('You found them about the same')).toBeVisible();
  const tied = (await chat.storedMessages()).at(-1)!;
  expect(await judged(server, chat.chatId)).toEqual([
    { verdict: 'tie', reason: '', chosen: null, over: tied.compared!.ids },
  ]);

  await pick(page, ['fast', 'demo']);
  await chat.send(SHORT);
  await expect(row(page).getByRole('group')).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'I prefer this' })).toHaveCount(2);
  await chat.send(SHORT);
  await expect(page.getByText('One of 2 replies to compare')).toBeVisible();
  await chat.hasState('completed');
  const models = (await chat.storedMessages()).flatMap(({ ending }) => ending?.model ?? []);
  expect(models.slice(0, 3)).toEqual(['scripted/demo', 'scripted/demo', 'scripted/fast']);
  expect(await judged(server, chat.chatId)).toHaveLength(1);
});

test('where one fails the others are read and judged; what could not be sent goes to all of them later', async ({
  page,
  chat,
  server,
}) => {
  await chat.open();
  await chat.send(SHORT);
  await chat.hasState('completed');
  await pick(page, ['failing', 'fast']);
  await page.route('**/api/v1/chats/*/messages', (route) => route.abort());
  await chat.send('Tell me about lists');
  await expect(chat.own.last()).toContainText('Not sent');
  await page.unroute('**/api/v1/chats/*/messages');
  // Another life of the page sends it.
  await page.reload();
  await expect(row(page).getByRole('group')).toHaveCount(2);
  await expect(column(page, 'failing')).toContainText('The scripted model failed, as it was told to.');
  await expect.poll(() => stateOf(column(page, 'fast')), OFTEN).toBe('completed');
  await page.getByRole('button', { name: 'None is good' }).click();
  await expect(page.getByText('You found none of them good')).toBeVisible();
  expect(await judged(server, chat.chatId)).toMatchObject([{ verdict: 'both_bad', chosen: null }]);
  // By itself the failed one has its ways on.
  await expect(chat.reply.getByRole('button', { name: 'Retry' })).toBeVisible();
});

test('on a phone the replies are swiped, and marks say which is in sight', async ({ visit }) => {
  const page = await visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const chat = new ChatPage(page);
  await chat.open();
  await pick(page, ['demo', 'fast', 'thinking']);
  await chat.composer.fill(SHORT);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('button', { name: 'I prefer this' })).toHaveCount(3);
  const mark = (name: string) => row(page).getByRole('button', { name, exact: true });
  await expect(mark('demo')).toHaveAttribute('aria-current', 'true');
  const left = async (model: string) => Math.round((await column(page, model).boundingBox())!.x);
  const edge = await left('demo');
  await mark('thinking').click();
  await expect(mark('thinking')).toHaveAttribute('aria-current', 'true');
  await expect.poll(() => left('thinking'), OFTEN).toBe(edge);
  expect((await column(page, 'thinking').boundingBox())!.width).toBeGreaterThan(300);
  await atRest(page);
  expect(await faults(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await column(page, 'thinking').getByRole('button', { name: 'I prefer this' }).tap();
  await expect(page.getByText('You preferred this one to 2 others')).toBeVisible();
});

test('in Russian, in the dark, it reads as it should', async ({ visit }) => {
  const page = await visit({ locale: 'ru-RU', colorScheme: 'dark' });
  const chat = page.locator('[data-composer]');
  await page.goto('/');
  await page.getByRole('button', { name: /^Модель: / }).click();
  await page.getByRole('button', { name: 'Сравнить модели…' }).click();
  await page.getByRole('option').filter({ hasText: 'fast' }).click();
  await expect(page.getByText('Выбрано 2 из 4')).toBeVisible();
  await page.getByRole('button', { name: 'Сравнить', exact: true }).click();
  await expect(page.getByText('На следующее сообщение ответят: demo и fast.')).toBeVisible();
  await chat.fill(SHORT);
  await chat.press('Enter');
  await expect(page.getByRole('region', { name: '2 ответа для сравнения' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Этот лучше' })).toHaveCount(2);
  await atRest(page);
  expect(await faults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Этот лучше' }).last().click();
  await expect(page.getByText('Вы предпочли его другому ответу')).toBeVisible();
});

test('in a shared chat everybody watches, and who only reads is not asked to choose', async ({
  visit,
  server,
}) => {
  const [ada, clara] = [
    await signUp(server.url, { name: 'Ada' }),
    await signUp(server.url, { name: 'Clara' }),
  ];
  const projectId = await makeProject(ada, 'Seminar', [[clara, 'viewer']]);
  const chat = new ChatPage(await visit({ as: ada }));
  await chat.open(`/?project=${projectId}&visibility=shared`);
  await chat.send(SHORT);
  await chat.hasState('completed');
  const reader = await visit({ as: clara });
  await reader.goto(`/c/${chat.chatId}`);
  await expect(reader.getByText('You can read this chat.')).toBeVisible();
  await pick(chat.page, ['demo', 'fast']);
  await chat.send(LONG);
  for (const page of [chat.page, reader])
    for (const model of ['demo', 'fast'])
      await expect.poll(() => length(column(page, model)), OFTEN).toBeGreaterThan(20);
  await expect(row(reader).getByRole('button', { name: /^Stop/ })).toHaveCount(0);
  await chat.page.getByRole('button', { name: 'Stop', exact: true }).click();
  await column(chat.page, 'fast').getByRole('button', { name: 'I prefer this' }).click();
  await expect(chat.page.getByText('You preferred this one to 1 other')).toBeVisible();
  await expect(row(reader).getByRole('group')).toHaveCount(2);
  await expect(reader.getByRole('button', { name: /I prefer this|About the same|None is good/ })).toHaveCount(
    0,
  );
  await reader.getByRole('button', { name: 'One at a time' }).click();
  await expect(reader.getByText('One of 2 replies to compare')).toBeVisible();
});
