/** The list of chats under the hand: by a right click, a long press and a swipe. */
import type { Locator, Page } from '@playwright/test';
import { type Person, signUp } from '#test/harness/accounts.ts';
import { expect, type Server, test } from './harness/story.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Somebody with chats by these titles, the last one on top. */
async function withChats(server: Server, titles: readonly string[]): Promise<Person> {
  const ada = await signUp(server.url, { name: 'Ada' });
  for (const title of titles) await ada.fetch('/api/v1/chats', { method: 'POST', json: { title } });
  return ada;
}

const list = (page: Page) => page.getByRole('navigation', { name: 'Your chats' });
const drawer = (page: Page) => page.getByRole('dialog', { name: 'Chats' });

/** Waits for what comes right after the page has been drawn: what listens to gestures is of that. */
async function arrive(page: Page, path = '/'): Promise<void> {
  await page.goto(path);
  await page.waitForLoadState('networkidle');
}

/** A finger as the browser hears of it. */
async function finger(page: Page) {
  const line = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
    line.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  const middleOf = async (what: Locator) => {
    const { x, y, width, height } = (await what.boundingBox())!;
    return { x: x + width / 2, y: y + height / 2 };
  };
  return {
    async down(what: Locator) {
      await touch('touchStart', [await middleOf(what)]);
    },
    up: () => touch('touchEnd', []),
    async swipe(from: { x: number; y: number }, to: { x: number; y: number }) {
      await touch('touchStart', [from]);
      for (const part of [0.25, 0.5, 0.75, 1])
        await touch('touchMove', [
          { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part },
        ]);
      await touch('touchEnd', []);
    },
  };
}

test('a right click on a row opens its menu, again and again, and a click elsewhere closes it', async ({
  visit,
  server,
  complaints,
}) => {
  const page = await visit({ as: await withChats(server, ['Rivers', 'Lakes']) });
  await arrive(page);
  const menu = page.getByRole('menu');
  for (const title of ['Rivers', 'Lakes', 'Rivers']) {
    await list(page).getByRole('link', { name: title }).click({ button: 'right' });
    await expect(menu).toHaveAccessibleName(`Actions for “${title}”`);
    await page.keyboard.press('Escape');
    await expect(menu).toHaveCount(0);
  }
  await list(page).getByRole('link', { name: 'Lakes' }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByRole('textbox', { name: 'Title of the chat' }).fill('Ponds');
  await page.keyboard.press('Enter');
  await expect(list(page).getByRole('link', { name: 'Ponds' })).toBeVisible();
  // The link's own menu of the browser is not there; this is in its place.
  await list(page).getByRole('link', { name: 'Ponds' }).click({ button: 'right' });
  const opening = page.waitForEvent('popup');
  await page.getByRole('menuitem', { name: 'Open in a new tab' }).click();
  const tab = await opening;
  await expect(tab).toHaveTitle('Ponds · Parley');
  await tab.close();
  await page.goto('/chats');
  await page
    .getByRole('list', { name: 'Chats found' })
    .getByRole('link', { name: 'Rivers' })
    .click({ button: 'right' });
  await expect(menu).toHaveAccessibleName('Actions for “Rivers”');
  expect(complaints).toEqual([]);
});

test('on a phone a long press opens the menu of a chat and nothing else, and a tap still opens the chat', async ({
  visit,
  server,
}) => {
  const page = await visit({ as: await withChats(server, ['Rivers', 'Lakes']), ...PHONE });
  await arrive(page);
  await page.getByRole('button', { name: 'Show chats' }).tap();
  const hand = await finger(page);
  const menu = page.getByRole('menu');
  for (const title of ['Rivers', 'Lakes']) {
    await hand.down(list(page).getByRole('link', { name: title }));
    await expect(menu).toHaveAccessibleName(`Actions for “${title}”`);
    await hand.up();
    await expect(page).toHaveURL(/\/$/);
    await expect(menu).toBeVisible();
    await page.getByRole('menuitem', { name: 'Pin' }).tap();
    await expect(menu).toHaveCount(0);
  }
  await expect(list(page).getByRole('heading', { name: 'Pinned' })).toBeVisible();
  await list(page).getByRole('link', { name: 'Rivers' }).tap();
  await expect(page).toHaveURL(/\/c\//);
  await expect(drawer(page)).toHaveCount(0);
});

test('on a phone a swipe brings the list in and puts it away; scrolling, and what is swiped itself, do not', async ({
  visit,
  server,
}) => {
  const ada = await withChats(server, ['Rivers']);
  const wide = `| ${'column | '.repeat(30)}\\n| ${'--- | '.repeat(30)}\\n| ${'value | '.repeat(30)}`;
  const sent = await ada.fetch('/api/v1/messages', {
    method: 'POST',
    headers: { accept: 'text/event-stream' },
    json: { chat: {}, message: { content: `/script text="${wide}" rate=0` } },
  });
  await sent.text();
  const page = await visit({ as: ada, ...PHONE });
  await arrive(page);
  const hand = await finger(page);
  await hand.swipe({ x: 60, y: 300 }, { x: 260, y: 320 });
  await expect(drawer(page)).toBeVisible();
  await hand.swipe({ x: 260, y: 500 }, { x: 60, y: 480 });
  await expect(drawer(page)).toHaveCount(0);
  await hand.swipe({ x: 100, y: 200 }, { x: 190, y: 420 });
  await expect(drawer(page)).toHaveCount(0);

  await hand.swipe({ x: 60, y: 300 }, { x: 260, y: 300 });
  await list(page)
    .getByRole('link', { name: /^\/script/ })
    .tap();
  const table = page.locator('table').first();
  await expect(table).toBeVisible();
  const { y } = (await table.boundingBox())!;
  await hand.swipe({ x: 100, y: y + 20 }, { x: 300, y: y + 20 });
  await expect(drawer(page)).toHaveCount(0);
  await hand.swipe({ x: 60, y: 200 }, { x: 260, y: 200 });
  await expect(drawer(page)).toBeVisible();
});
