import { expect, squeezed, test } from './harness/story.ts';

const LONG = 'Tell me something long\n/script tokens=400 rate=80 seed=7';

test('a refresh in the middle of a reply goes on at the same character', async ({ page, chat }) => {
  await chat.open();
  await chat.send(LONG);
  await chat.hasWritten(300);
  const before = squeezed(await chat.words());
  await page.reload();
  await chat.hasWritten(before.length - 1);
  expect(squeezed(await chat.words()).startsWith(before)).toBe(true);
  await chat.hasState('running');
  await chat.hasState('completed');
  const drawn = squeezed(await chat.words());
  expect(drawn).toBe(squeezed(await chat.storedText()));
  await page.reload();
  await chat.hasState('completed');
  expect(squeezed(await chat.words())).toBe(drawn);
});

test('a reply goes on while nobody looks, and is there when they return', async ({ page, chat }) => {
  await chat.open();
  await chat.send('Go on without me\n/script tokens=120 rate=60 seed=3');
  await chat.hasWritten(20);
  const { url, text } = { url: page.url(), text: squeezed(await chat.words()) };
  await page.goto('about:blank');
  await page.waitForTimeout(3000);
  await page.goto(url);
  await chat.hasState('completed');
  expect(squeezed(await chat.words()).startsWith(text)).toBe(true);
  expect(squeezed(await chat.words())).toBe(squeezed(await chat.storedText()));
});

test('leaving a chat does not stop its reply; its row says that it is written, then that it is new', async ({
  page,
  chat,
}) => {
  await chat.open();
  await chat.send('Keep writing\n/script tokens=400 rate=60');
  await chat.hasWritten(20);
  await page.getByRole('link', { name: 'New chat' }).first().click();
  const row = chat.list.getByRole('link', { name: /Keep writing/ });
  await expect(row.getByRole('img', { name: 'A reply is being written' })).toBeVisible();
  await page.reload();
  await expect(row.getByRole('img', { name: 'A reply is being written' })).toBeVisible();
  await expect(row.getByRole('img', { name: 'There is a new reply' })).toBeVisible({ timeout: 20_000 });
  await row.click();
  await chat.hasState('completed');
  await expect(row.getByRole('img')).toHaveCount(0);
});
