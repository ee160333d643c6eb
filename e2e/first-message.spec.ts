import { expect, squeezed, test } from './harness/story.ts';

test('somebody opens the page, types, presses Enter and reads a reply, without any set-up', async ({
  page,
  chat,
  complaints,
}) => {
  await chat.open();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What is on your mind?');
  await expect(page.getByTestId('scripted-notice')).toContainText('demo model');
  await expect(chat.composer).toBeFocused();

  await page.keyboard.type('What can you do?');
  await page.keyboard.press('Enter');
  // Drawn at once, before any answer: the words, and the chat's own address.
  await expect(chat.own).toHaveText(/What can you do\?/);
  await expect(page).toHaveURL(/\/c\/[0-9a-f-]{36}$/);
  await chat.hasState('running');
  await expect(chat.list.getByRole('link', { name: 'What can you do?' })).toBeVisible();
  await chat.hasState('completed');
  await expect(page).toHaveTitle(/What can you do\? · Parley/);

  const before = await chat.words();
  await page.reload();
  await chat.hasState('completed');
  await expect.poll(() => chat.words()).toBe(before);
  await expect(chat.own).toHaveText(/What can you do\?/);
  expect(complaints).toEqual([]);
});

test('an earlier chat opens and goes on, and back leads to where one was', async ({ page, chat }) => {
  await chat.open();
  await chat.send('First words\n/script text="An answer." rate=0');
  await chat.hasState('completed');
  const first = page.url();
  await page.getByRole('link', { name: 'New chat' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What is on your mind?');
  await chat.send('Other words\n/script text="Another answer." rate=0');
  await chat.hasState('completed');
  await chat.list.getByRole('link', { name: 'First words' }).click();
  await expect(page).toHaveURL(first);
  await expect(chat.reply).toContainText('An answer.');
  await chat.send('More\n/script text="It goes on." rate=0');
  await expect(chat.replies).toHaveCount(2);
  await expect(chat.reply).toContainText('It goes on.');
  await page.goBack();
  await expect(chat.reply).toContainText('Another answer.');
});

test('a reply is drawn exactly as it was written, however it was cut into pieces', async ({ chat }) => {
  const words = 'One “quoted” word, ünïcödé, 漢字, 👩‍👩‍👧 and the end.';
  await chat.open();
  await chat.send(`/script drip=2 text=${JSON.stringify(words)}`);
  await chat.hasState('completed');
  await expect.poll(async () => squeezed(await chat.words())).toBe(words);
  expect(await chat.storedText()).toBe(words);
});
