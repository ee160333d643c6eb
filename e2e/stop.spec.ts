import { expect, squeezed, test } from './harness/story.ts';

test('Escape stops a reply; its words stay, are marked, and lead on', async ({ page, chat }) => {
  await chat.open();
  await chat.send('A story, please\n/script tokens=3000 rate=60');
  await chat.hasWritten(80);
  await page.keyboard.press('Escape');
  await chat.hasState('cancelled');
  await expect(chat.reply).toContainText('You stopped this reply.');
  const kept = squeezed(await chat.words());
  expect(kept.length).toBeGreaterThan(80);
  await page.reload();
  await chat.hasState('cancelled');
  expect(squeezed(await chat.words())).toBe(kept);
  expect(kept).toBe(squeezed(await chat.storedText()));

  await chat.reply.getByRole('button', { name: 'Continue' }).click();
  await chat.hasWritten(kept.length + 40);
  await page.keyboard.press('Escape');
  await chat.hasState('cancelled');
  // It goes on from what was there, and nothing is said in the person's name.
  const more = squeezed(await chat.words());
  expect(more.startsWith(kept) && more.length > kept.length).toBe(true);
  expect(more).toBe(squeezed(await chat.storedText()));
  await expect(chat.own).toHaveCount(1);
  await expect(chat.replies).toHaveCount(1);
  const messages = await chat.storedMessages();
  expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
});

test('stopping before the first word leaves a way to try again', async ({ page, chat }) => {
  await chat.open();
  await chat.send('Slow to begin\n/script ttft=20000 tokens=5');
  await expect(chat.reply).toContainText(/Thinking|Starting/);
  await page.getByRole('button', { name: 'Stop', exact: true }).first().click();
  await chat.hasState('cancelled');
  await chat.reply.getByRole('button', { name: 'Retry' }).click();
  await expect(chat.reply).toContainText(/Thinking|Starting/);
  await expect(chat.replies).toHaveCount(1);
  await page.keyboard.press('Escape');
  await chat.hasState('cancelled');
});

test('a reply that fails says why, keeps its words and can be given to another model', async ({
  page,
  chat,
}) => {
  await chat.open();
  await chat.send('Break\n/script tokens=40 rate=0 fail=mid code=bad_stream');
  await chat.hasState('failed');
  await expect(chat.reply).toContainText('The scripted model failed, as it was told to.');
  expect((await chat.words()).length).toBeGreaterThan(20);
  await page.reload();
  await chat.hasState('failed');
  await expect(chat.reply).toContainText('The scripted model failed, as it was told to.');
  await chat.reply.getByRole('button', { name: 'Change model' }).click();
  await page.getByRole('combobox', { name: 'Search models' }).fill('echo');
  await page.keyboard.press('Enter');
  await expect(chat.reply).toContainText('scripted/echo', { timeout: 20_000 });
  await expect(chat.replies).toHaveCount(1);
  await expect(chat.own).toHaveCount(1);
});

test('a reply that is complete can be written again, and the one before it can be gone back to, on every page', async ({
  page,
  context,
  chat,
}) => {
  await chat.open();
  await chat.send('Again\n/script tokens=30 rate=0 reasoning=5');
  await chat.hasState('completed');
  const first = squeezed(await chat.words());
  await chat.reply.getByRole('button', { name: 'Answer again' }).click();
  const pager = page.getByRole('group', { name: 'Versions of this message' });
  await expect(pager).toContainText('2/2');
  await chat.hasState('completed');
  await expect(chat.own).toHaveCount(1);
  await expect(chat.replies).toHaveCount(1);
  const second = squeezed(await chat.words());
  await pager.getByRole('button', { name: 'Earlier version' }).click();
  await expect(pager).toContainText('1/2');
  await expect(chat.reply).toHaveAttribute('data-state', 'completed');
  expect(squeezed(await chat.words())).toBe(first);
  // By keyboard, there and back.
  await expect(pager.getByRole('button', { name: 'Later version' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(pager).toContainText('2/2');
  expect(squeezed(await chat.words())).toBe(second);
  await expect(pager.getByRole('button', { name: 'Earlier version' })).toBeFocused();
  // In another tab, as in one that was open.
  const other = await context.newPage();
  await other.goto(page.url());
  const otherPager = other.getByRole('group', { name: 'Versions of this message' });
  await expect(otherPager).toContainText('2/2');
  await pager.getByRole('button', { name: 'Earlier version' }).click();
  await expect(otherPager).toContainText('1/2');
});

test('whoever opens the thoughts of a reply finds those of the next open as well', async ({ page, chat }) => {
  await chat.open();
  await chat.send('Think\n/script tokens=5 rate=0 reasoning=8');
  await chat.hasState('completed');
  const thoughts = () => chat.reply.getByRole('button', { name: /Thought/ });
  await expect(thoughts()).toHaveAttribute('aria-expanded', 'false');
  await thoughts().click();
  await page.reload();
  await expect(thoughts()).toHaveAttribute('aria-expanded', 'true');
  await thoughts().click();
  await page.reload();
  await expect(thoughts()).toHaveAttribute('aria-expanded', 'false');
});
