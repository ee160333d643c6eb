import { atRest, expect, OFTEN, test } from './harness/story.ts';

test('a chat is renamed, described, archived, brought back, deleted and brought back again', async ({
  page,
  chat,
}) => {
  await chat.open();
  await chat.send('Much to do\n/script text="Yes." rate=0');
  await chat.hasState('completed');
  const row = (name: string) => chat.list.getByRole('link', { name });
  const menu = page.locator('header').getByRole('button', { name: 'Chat actions' });
  const choose = async (name: string) => {
    await menu.click();
    await page.getByRole('menuitem', { name }).click();
  };

  await choose('Rename');
  await page.getByRole('textbox', { name: 'Title of the chat' }).fill('Named');
  await page.keyboard.press('Escape');
  await expect(row('Much to do')).toBeVisible();
  await choose('Rename');
  await page.getByRole('textbox', { name: 'Title of the chat' }).fill('Named');
  await page.keyboard.press('Enter');
  await expect(row('Named')).toBeVisible();

  await choose('Details');
  const details = page.getByRole('complementary', { name: 'Chat details' });
  await details.getByLabel('Tags').fill('pilot, lab-2');
  await details.getByLabel('Description').fill('The first of many.');
  await details.getByRole('button', { name: 'Add a field' }).click();
  await details.getByLabel('Name').fill('participant');
  await details.getByLabel('Value').fill('7');
  expect((await details.getByLabel('Value').boundingBox())!.width).toBeGreaterThan(200);
  await details.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(details).toHaveCount(0);
  const stored = await (await page.request.get(`/api/v1/chats/${chat.chatId}`)).json();
  expect(stored).toMatchObject({
    title: 'Named',
    tags: ['pilot', 'lab-2'],
    description: 'The first of many.',
    metadata: { participant: 7 },
  });
  // Its tags stand beside its title and in its row, and lead to all chats that have them.
  await expect(row('Named')).toContainText('pilot');
  await page.locator('header').getByRole('button', { name: 'Show chats with the tag “lab-2”' }).click();
  await expect(page.getByRole('searchbox')).toHaveValue('lab-2');
  await expect(row('Named')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filter' }).click();

  await choose('Archive');
  await expect(row('Named')).toHaveCount(0);
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'All chats' }).click();
  await page.getByLabel('Which chats').selectOption('Archived');
  await page.getByRole('listitem').getByRole('button', { name: 'Actions for “Named”' }).click();
  await page.getByRole('menuitem', { name: 'Restore' }).click();
  await expect(row('Named')).toBeVisible();

  await row('Named').click();
  await choose('Delete');
  await expect(row('Named')).toHaveCount(0);
  await page.getByText('Chat deleted').locator('..').getByRole('button', { name: 'Undo' }).click();
  await row('Named').click();
  await expect(chat.reply).toContainText('Yes.');
});

test('the way back from a deletion does not go from under the pointer or the focus', async ({
  page,
  chat,
}) => {
  await page.clock.install();
  await chat.open();
  const undo = page.getByRole('button', { name: 'Undo' });
  for (const [title, hold] of [
    ['Pointed', () => undo.hover()],
    ['Focused', () => undo.focus()],
  ] as const) {
    await page.request.post('/api/v1/chats', { data: { title } });
    await chat.list.getByRole('link', { name: title }).click();
    await page.locator('header').getByRole('button', { name: 'Chat actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await hold();
    await page.clock.fastForward(60_000);
    await undo.press('Enter');
    await expect(chat.list.getByRole('link', { name: title })).toBeVisible();
    await expect(undo).toHaveCount(0);
    await page.mouse.move(0, 0);
  }
});

test('a list of many chats is read page by page and searched', async ({ page, chat }) => {
  await chat.open();
  await expect(page.getByText('Your chats will appear here.')).toBeVisible();
  for (let index = 0; index < 130; index++)
    await page.request.post('/api/v1/chats', { data: { title: `Chat number ${index}` } });
  await page.reload();
  await expect(chat.list.getByRole('link', { name: 'Chat number 129' })).toBeVisible();
  // Only what is in sight is drawn.
  expect(await chat.list.getByRole('link').count()).toBeLessThan(60);
  await chat.list.hover();
  const oldest = chat.list.getByRole('link', { name: 'Chat number 0', exact: true });
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 3000);
      return oldest.count();
    }, OFTEN)
    .toBe(1);
  // Wherever it is scrolled to, what is in sight of it is full of rows.
  const gaps = await chat.list.evaluate(async (list) => {
    const box = list.parentElement!;
    const { left, top, bottom } = box.getBoundingClientRect();
    const found: string[] = [];
    for (const at of [0, 700, 2500, 4000, 1300, box.scrollHeight]) {
      box.scrollTop = at;
      await new Promise(requestAnimationFrame);
      for (const y of [top + 20, (top + bottom) / 2, bottom - 20])
        if (!document.elementFromPoint(left + 60, y)?.closest('[data-row]')) found.push(`${at}: ${y}`);
    }
    return found;
  });
  expect(gaps).toEqual([]);
  await page.getByRole('searchbox', { name: 'Filter chats' }).focus();
  await page.keyboard.type('number 42');
  await expect(chat.list.getByRole('link')).toHaveCount(1);
  await expect(chat.list.getByRole('link')).toHaveAccessibleName('Chat number 42');
  await page.keyboard.press('Escape');
  await expect(chat.list.getByRole('link', { name: 'Chat number 129' })).toBeVisible();
});

test('a long chat opens at its end, and older messages come on the way up', async ({ page, chat }) => {
  test.setTimeout(120_000);
  await chat.open();
  await chat.send('Message 0\n/script text="Reply 0." rate=0');
  await chat.hasState('completed');
  const { chatId } = chat;
  for (let index = 1; index < 40; index++) {
    const answer = await page.request.post(`/api/v1/chats/${chatId}/messages`, {
      data: { content: `Message ${index}\n/script text="Reply ${index}." rate=0` },
      headers: { accept: 'text/event-stream' },
    });
    await answer.body();
  }
  await page.reload();
  await expect(chat.reply).toContainText('Reply 39.');
  await expect(page.getByText('Reply 39.', { exact: true })).toBeInViewport();
  await page.getByTestId('messages').hover();
  await expect
    .poll(
      async () => {
        await page.mouse.wheel(0, -2000);
        return page.getByText('Reply 0.', { exact: true }).count();
      },
      { timeout: 30_000, ...OFTEN },
    )
    .toBe(1);
  await expect(chat.replies).toHaveCount(40);
});

test('what is being read stays where it is while older messages come in above it', async ({ page, chat }) => {
  test.setTimeout(120_000);
  await chat.open();
  await chat.send('Message 0\n/script tokens=150 rate=0');
  await chat.hasState('completed');
  const { chatId } = chat;
  for (let index = 1; index < 60; index++) {
    const answer = await page.request.post(`/api/v1/chats/${chatId}/messages`, {
      data: { content: `Message ${index}\n/script tokens=150 rate=0` },
      headers: { accept: 'text/event-stream' },
    });
    await answer.body();
  }
  // Older pages come when they are let, so that the reader is at the edge when they do.
  let letThrough = () => {};
  const gate = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route('**/messages?*before=*', async (route) => {
    await gate;
    await route.continue();
  });
  await page.reload();
  await chat.hasState('completed');
  await page.getByTestId('messages').evaluate((element) => element.scrollTo({ top: 40 }));
  const count = await chat.own.count();
  const read = page.locator(
    `[data-message="${await page.locator('[data-message]').nth(2).getAttribute('data-message')}"]`,
  );
  await atRest(page);
  const before = (await read.boundingBox())!.y;
  letThrough();
  await expect.poll(() => chat.own.count(), OFTEN).toBeGreaterThan(count);
  await atRest(page);
  expect(Math.abs((await read.boundingBox())!.y - before)).toBeLessThan(8);
});
