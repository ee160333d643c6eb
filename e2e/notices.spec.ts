/** A reply that has ended where one does not look: a dot in the list and on the tab, and a note, once over all tabs. */
import type { Page } from '@playwright/test';
import { type Person, signUp } from '#test/harness/accounts.ts';
import { ChatPage, expect, test } from './harness/story.ts';

/** Written in about a second. */
const SHORT = '/script tokens=40 rate=40';

const list = (page: Page) => page.getByRole('navigation', { name: 'Your chats' });
const note = (page: Page, title = 'Rivers') => page.getByText(`“${title}” has a new reply.`);
const dot = (page: Page) => list(page).getByRole('img', { name: 'New reply' });

/** Has a reply begun in a chat by this title, whoever looks on. */
async function ask(ada: Person, title = 'Rivers'): Promise<string> {
  const sent = await ada.fetch('/api/v1/messages', {
    method: 'POST',
    json: { chat: { title }, message: { content: SHORT } },
  });
  return ((await sent.json()) as { chat: { id: string } }).chat.id;
}

/** What listens for ends comes right after the page has been drawn. */
async function arrive(page: Page, path = '/'): Promise<void> {
  await page.goto(path);
  await page.waitForLoadState('networkidle');
}

test('a reply that ends in another chat is marked and told of, and the note leads there', async ({
  visit,
  server,
  complaints,
}) => {
  const ada = await signUp(server.url, { name: 'Ada' });
  const page = await visit({ as: ada });
  await arrive(page);
  await ask(ada);
  await expect(note(page)).toBeVisible();
  await expect(dot(page)).toBeVisible();
  await expect(page).toHaveTitle('● Parley');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page).toHaveURL(/\/c\//);
  await expect(dot(page)).toHaveCount(0);
  await expect(page).toHaveTitle('Rivers · Parley');

  // Where one looks, nothing is said of it.
  const chat = new ChatPage(page);
  await chat.send(SHORT);
  await chat.hasState('completed');
  await expect(page).toHaveTitle('Rivers · Parley');
  await expect(note(page)).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test('of several tabs the one used last tells, and none where one of them shows the chat', async ({
  visit,
  server,
}) => {
  const ada = await signUp(server.url, { name: 'Ada' });
  const first = await visit({ as: ada });
  await arrive(first);
  const second = await first.context().newPage();
  await arrive(second);
  await first.getByRole('textbox', { name: 'Message', exact: true }).click({ delay: 50 });
  const id = await ask(ada);
  for (const page of [first, second]) await expect(dot(page)).toBeVisible();
  await expect(note(first)).toBeVisible();
  await expect(note(second)).toHaveCount(0);

  // Opened in one, it is read in all.
  await list(second).getByRole('link', { name: 'Rivers' }).click();
  await expect(dot(first)).toHaveCount(0);
  await first.getByRole('button', { name: 'Close', exact: true }).click();
  await ada.fetch(`/api/v1/chats/${id}/messages`, { method: 'POST', json: { content: SHORT } });
  const chat = new ChatPage(second);
  await expect(chat.replies).toHaveCount(2);
  await chat.hasState('completed');
  await ask(ada, 'Lakes');
  // The last one is told of in one of them, and the one that was looked at in none.
  const toldOf = async (title: string) =>
    (await Promise.all([first, second].map((page) => note(page, title).count()))).toSorted();
  await expect.poll(() => toldOf('Lakes')).toEqual([0, 1]);
  expect(await toldOf('Rivers')).toEqual([0, 0]);
});

test('the browser is asked for its leave when that is chosen, tells of a reply from behind, and off means off', async ({
  visit,
  server,
}) => {
  const ada = await signUp(server.url, { name: 'Ada' });
  const page = await visit({ as: ada });
  await page.addInitScript(() => {
    const seen = { asked: 0, shown: [] as string[], click: () => {} };
    Object.assign(window, { seen, answer: 'denied' });
    document.hasFocus = () => false;
    class Fake {
      static permission = 'default';
      static async requestPermission() {
        seen.asked++;
        Fake.permission = (window as unknown as { answer: string }).answer;
        return Fake.permission;
      }
      onclick = () => {};
      constructor(_title: string, { body }: { body: string }) {
        seen.shown.push(body);
        seen.click = () => this.onclick();
      }
      close() {}
    }
    Object.assign(window, { Notification: Fake });
  });
  type Seen = { seen: { asked: number; shown: string[]; click: () => void } };
  const seen = () => page.evaluate(() => ({ ...(window as unknown as Seen).seen, click: null }));
  await arrive(page, '/settings#whenEnded');
  const setting = page.locator('#whenEnded');
  const choice = (name: string) => setting.getByRole('radio', { name });
  const choose = (name: string) => setting.getByText(name, { exact: true }).click();
  await expect(setting).toContainText('This browser');
  await expect(choice('On the page')).toBeChecked();
  expect(await seen()).toMatchObject({ asked: 0 });

  await choose('By the browser');
  await expect(setting.getByRole('status')).toContainText('does not allow Parley to notify you');
  await expect(choice('On the page')).toBeChecked();
  await page.evaluate(() => Object.assign(window, { answer: 'granted' }));
  await choose('By the browser');
  await expect(choice('By the browser')).toBeChecked();
  await expect(setting.locator('[role=status]')).toBeEmpty();
  expect(await seen()).toMatchObject({ asked: 2, shown: [] });

  await ask(ada);
  await expect.poll(seen).toMatchObject({ shown: ['“Rivers” has a new reply.'] });
  await expect(note(page)).toHaveCount(0);
  await page.evaluate(() => (window as unknown as Seen).seen.click());
  await expect(page).toHaveURL(/\/c\//);

  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await choose('Off');
  await ask(ada, 'Lakes');
  await expect(dot(page)).toBeVisible();
  await expect(note(page, 'Lakes')).toHaveCount(0);
  expect(await seen()).toMatchObject({ asked: 2, shown: ['“Rivers” has a new reply.'] });
});
