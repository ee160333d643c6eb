import type { APIRequestContext } from '@playwright/test';
import { expect, OFTEN, squeezed, test } from './harness/story.ts';

type Running = { id: string; chatId: string };
/** This person's replies that are being written. */
const running = async (api: APIRequestContext): Promise<Running[]> =>
  (await (await api.get('/api/v1/generations?state=running')).json()).items;

/** As on one's phone. */
async function stopFromElsewhere(api: APIRequestContext, chatId: string): Promise<void> {
  const { id } = (await running(api)).find((generation) => generation.chatId === chatId)!;
  expect((await api.post(`/api/v1/generations/${id}/cancel`)).ok()).toBe(true);
}

const LONG = 'Tell me something long\n/script tokens=900 rate=120 seed=7';

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
  await chat.send('Go on without me\n/script tokens=120 rate=80 seed=3');
  await chat.hasWritten(20);
  const { url, text } = { url: page.url(), text: squeezed(await chat.words()) };
  await page.goto('about:blank');
  await expect.poll(() => running(page.request), { timeout: 30_000, ...OFTEN }).toEqual([]);
  await page.goto(url);
  await chat.hasState('completed');
  const stored = squeezed(await chat.storedText());
  // What is drawn in its slices is not all there at once.
  await expect.poll(async () => squeezed(await chat.words())).toBe(stored);
  expect(stored.startsWith(text)).toBe(true);
});

test('leaving a chat does not stop its reply; its row says that it is written, then that it is new', async ({
  page,
  chat,
}) => {
  await chat.open();
  await chat.send('Keep writing\n/script tokens=9000 rate=60');
  await chat.hasWritten(20);
  const { chatId } = chat;
  await page.getByRole('link', { name: 'New chat' }).first().click();
  const row = chat.list.getByRole('link', { name: /Keep writing/ });
  await expect(row.getByRole('img', { name: 'A reply is being written' })).toBeVisible();
  await page.reload();
  await expect(row.getByRole('img', { name: 'A reply is being written' })).toBeVisible();
  await stopFromElsewhere(page.request, chatId);
  await expect(row.getByRole('img', { name: 'New reply' })).toBeVisible();
  await row.click();
  await chat.hasState('cancelled');
  await expect(row.getByRole('img')).toHaveCount(0);
});
