/** For everybody, on every page, window and panel: names and landmarks, where the focus is, high contrast, large text, narrow screens. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { PAGES, PANELS, WINDOWS } from '#page/parts.ts';
import { type Person, signUp } from '#test/harness/accounts.ts';
import { ChatPage, expect, test, testAlone } from './harness/story.ts';

/** What axe finds, with all its rules; without `rules` those of good practice as well (landmarks, order of headings). */
async function faults(page: Page, rules?: string[]): Promise<string[]> {
  // The whole page is one frame: axe need not gather from several.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

/** Every width and both themes, each page once: contrast is what a theme can change, so the second theme is asked for that alone. */
async function isForEverybody(page: Page, what: string): Promise<void> {
  for (const [width, colorScheme, rules] of [
    [1440, 'light', undefined],
    [1440, 'dark', ['color-contrast']],
    [768, 'dark', undefined],
    [390, 'dark', undefined],
    [390, 'light', ['color-contrast']],
  ] as const) {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    expect([what, width, colorScheme, await faults(page, rules && [...rules])]).toEqual([
      what,
      width,
      colorScheme,
      [],
    ]);
    expect([what, width, await scrollsSideways(page)]).toEqual([what, width, false]);
  }
  await page.setViewportSize({ width: 1440, height: 844 });
}

const scrollsSideways = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('html, header, nav, main > div')].some(
      (part) => part.scrollWidth > part.clientWidth + 1,
    ),
  );

/** Without loading anything anew. */
async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => history.pushState(null, '', to), path);
  await isDrawn(page);
}

async function isDrawn(page: Page): Promise<void> {
  await expect(page.locator('main h1').locator('visible=true')).toHaveCount(1);
  await expect(page.locator('main [aria-hidden].animate-breathe')).toHaveCount(0);
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.tagName ?? 'none');

/** A chat with a failed reply in it, one in the archive, a key, somebody who is answered: each page has something to show. */
async function furnish(ada: Person): Promise<string> {
  const post = async (path: string, json: unknown) =>
    (await ada.fetch(path, { method: 'POST', json })).json();
  const content = '/script tokens=20 rate=0 fail=mid';
  const { chat } = await post('/api/v1/messages', { chat: { tags: ['pilot'] }, message: { content } });
  const { id } = await post('/api/v1/chats', { title: 'Put away' });
  await ada.fetch(`/api/v1/chats/${id}`, { method: 'PATCH', json: { archived: true } });
  await post('/api/v1/api-keys', { name: 'Notebook' });
  await post('/api/v1/messages', { chat: {}, message: { content: '/script tokens=9000 rate=20' } });
  return chat.id;
}

testAlone(
  'every page is named, in order and readable, and takes the focus when it is gone to',
  async ({ visit, ownServer }) => {
    test.setTimeout(180_000);
    const ada = await signUp(ownServer.url, { name: 'Ada' });
    const chatId = await furnish(ada);
    const page = await visit({ as: ada, reducedMotion: 'reduce' });
    await page.goto('/');
    const titles = new Map<string, string>();
    const others = ['/', `/c/${chatId}`, '/c/01890000-0000-7000-8000-000000000000', '/no/such/page'];
    for (const path of [...others, ...PAGES.map((one) => one.path)]) {
      await goTo(page, path);
      await isForEverybody(page, path);
      expect([path, await focused(page)]).not.toEqual([path, 'BODY']);
      titles.set(path, await page.title());
    }
    // Only a new chat has no name of its own, and no page keeps that of another.
    expect([...titles].filter(([, title]) => !title.endsWith(' · Parley'))).toEqual([['/', 'Parley']]);
    expect(new Set(titles.values()).size).toBe(titles.size);
  },
);

testAlone('every dialog is named and readable, and gives the focus back', async ({ visit, ownServer }) => {
  test.setTimeout(120_000);
  const ada = await signUp(ownServer.url, { name: 'Ada' });
  await furnish(ada);
  const page = await visit({ as: ada, reducedMotion: 'reduce' });
  const button = (name: RegExp | string) => page.getByRole('button', { name });
  const dialogs: [path: string, open: () => Promise<void>, menu?: string][] = [
    ['/keys', () => button('New key').click()],
    ['/keys', () => button('Revoke: Notebook').click()],
    ['/admin/endpoints', () => button('Add an endpoint').click()],
    ['/admin/endpoints', () => button('More about scripted').click(), 'Edit'],
    ['/admin/endpoints', () => button('More about scripted').click(), 'Delete'],
    ['/admin/users', () => button('Change: Default limits').click()],
    ['/admin/users', () => button('More about Ada').click(), 'Role and limits'],
    ['/admin/users', () => button('More about Ada').click(), 'Disable'],
    ['/admin/queue', () => button(/^Stop/).first().click()],
  ];
  await page.goto('/');
  for (const [path, open, entry] of dialogs) {
    await goTo(page, path);
    await open();
    if (entry) await page.getByRole('menuitem', { name: entry }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect([path, entry, await faults(page)]).toEqual([path, entry, []]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect.poll(() => focused(page)).toBe('BUTTON');
  }
});

/** How each window and panel is opened by whoever has a chat in front of them. */
const OPENED: Record<string, (page: Page) => Promise<void>> = {
  settings: (page) => page.keyboard.press('Control+.'),
  shortcuts: (page) => page.keyboard.press('Control+/'),
  details: async (page) => {
    await page.locator('header').getByRole('button', { name: 'More about this chat' }).click();
    await page.getByRole('menuitem', { name: 'Details' }).click();
  },
};

test('every window and panel, the menus and a chat in each state are named and readable', async ({
  visit,
}) => {
  test.setTimeout(120_000);
  const names = [...WINDOWS, ...PANELS].map(({ name }) => name);
  expect(Object.keys(OPENED).sort()).toEqual(names.sort());
  const page = await visit({ reducedMotion: 'reduce' });
  const chat = new ChatPage(page);
  await chat.open();
  await chat.send('Show me code and a table');
  await chat.hasState('completed');
  await chat.send('/script tokens=4 reasoning=9 rate=0 fail=mid');
  await chat.hasState('failed');
  await isForEverybody(page, 'a chat');
  for (const name of names) {
    await OPENED[name]!(page);
    const opened = page.locator('[role="dialog"], aside:has([role="separator"])');
    await expect(opened).toBeVisible();
    expect([name, await faults(page)]).toEqual([name, []]);
    await page.keyboard.press('Escape');
    await expect(opened).toHaveCount(0);
    expect([name, await focused(page)]).not.toEqual([name, 'BODY']);
  }
  for (const name of [/^Model/, 'More about this chat', 'About this reply', /^Account/]) {
    await page.getByRole('button', { name }).last().click();
    await expect(page.locator('[role="menu"], [role="dialog"]')).toBeVisible();
    // A menu floats outside the landmarks, as every menu does.
    const found = (await faults(page)).filter((fault) => !fault.includes('data-radix-popper'));
    expect([name, found]).toEqual([name, []]);
    await page.keyboard.press('Escape');
  }
});

test('the focus goes to the neighbour of what is deleted, back from its note, and never to nothing', async ({
  page,
  chat,
}) => {
  await chat.open();
  for (const title of ['Third', 'Second', 'First'])
    await page.request.post('/api/v1/chats', { data: { title } });
  await page.reload();
  const menuOf = (title: string) => page.getByRole('button', { name: `More about “${title}”` });
  const choose = async (title: string, entry: string) => {
    await menuOf(title).press('Enter');
    await page.getByRole('menuitem', { name: entry }).press('Enter');
  };
  await expect(menuOf('First')).toBeAttached();
  const order = await chat.list.getByRole('link').allInnerTexts();
  await choose(order[1]!, 'Delete');
  await expect(menuOf(order[2]!)).toBeFocused();
  await page.keyboard.press('F8');
  await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(menuOf(order[1]!)).toBeAttached();
  await expect(menuOf(order[2]!)).toBeFocused();

  await choose(order[0]!, 'Rename');
  await page.getByRole('textbox', { name: 'Title of the chat' }).press('Escape');
  await expect(menuOf(order[0]!)).toBeFocused();

  await choose(order[0]!, 'Archive');
  await page.keyboard.press('Control+Shift+S');
  await expect(page.getByRole('link', { name: 'New chat' })).toBeVisible();
  await page.getByRole('button', { name: 'Show chats' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Hide chats' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Show chats' })).toBeFocused();

  // The tabs of a page go with it.
  await page.goto('/archive');
  await page.getByRole('link', { name: 'Your usage' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Your usage' })).toBeFocused();
  await page.getByRole('link', { name: 'Archive', exact: true }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Archive' })).toBeFocused();
  await page.getByRole('button', { name: 'Bring back' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Archive' })).toBeFocused();
});

test('a menu opened by keys has its first entry at hand the first time too, and is there at once', async ({
  page,
  chat,
}) => {
  await chat.open();
  const account = page.getByRole('button', { name: /^Account/ });
  await account.focus();
  // What draws it is fetched when it is reached for.
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => {
    addEventListener('keydown', (event) => Object.assign(window, { pressed: event.timeStamp }), true);
    new MutationObserver(() => {
      if (document.querySelector('[role="menu"]')) Object.assign(window, { shown: performance.now() });
    }).observe(document.body, { childList: true, subtree: true });
  });
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  const took = await page.evaluate(() => {
    const { pressed, shown } = window as unknown as { pressed: number; shown: number };
    return shown - pressed;
  });
  // React holds back what a fallback gives way to for 300 ms.
  expect(took).toBeLessThan(250);
});

test('how a reply ended is said, and what it costs and when it was written can be read without a mouse', async ({
  page,
  chat,
}) => {
  await chat.open();
  const said = page.locator('[aria-live="polite"]');
  await chat.send('/script tokens=9000 rate=20');
  await chat.hasState('running');
  await page.keyboard.press('Escape');
  await expect(said).toHaveText('You stopped this reply.');
  await chat.send('/script tokens=4 rate=0 fail=mid');
  await expect(said).toHaveText('This reply failed.');
  await chat.send('/script tokens=4 rate=0');
  await expect(said).toHaveText('The reply is complete.');
  await expect(chat.reply.locator('time')).toBeVisible();
  await chat.reply.getByRole('button', { name: 'About this reply' }).press('Enter');
  const details = page.getByRole('dialog', { name: 'About this reply' });
  await expect(details).toContainText('First word after');
  await page.keyboard.press('Escape');
  await expect(chat.reply.getByRole('button', { name: 'About this reply' })).toBeFocused();
});

test('with text twice as large everything is, and nothing has to be scrolled sideways on 320 pixels', async ({
  visit,
}) => {
  const page = await visit({ reducedMotion: 'reduce' });
  const chat = new ChatPage(page);
  await chat.open();
  await chat.send('/script text="Large." rate=0');
  await chat.hasState('completed');
  const sizes = () =>
    page.evaluate(() =>
      ['.markdown', '[data-role="user"] div', 'main h1', 'aside a', 'time'].map((selector) =>
        Number.parseFloat(getComputedStyle(document.querySelector(selector)!).fontSize),
      ),
    );
  const usual = await sizes();
  expect(usual[0]).toBe(16);
  // As the browser's own setting does it. The list stands beside the page on a screen that is twice as wide, too.
  const browser = await page.context().newCDPSession(page);
  const setText = (standard: number) =>
    browser.send('Page.setFontSizes', { fontSizes: { standard, fixed: standard } });
  await page.setViewportSize({ width: 2560, height: 1400 });
  await setText(32);
  await expect.poll(sizes).toEqual(usual.map((size) => 2 * size));
  await setText(16);

  // A window of 1280 pixels at 400 %.
  await page.setViewportSize({ width: 320, height: 480 });
  for (const path of [new URL(page.url()).pathname, '/', '/usage', '/keys', '/archive', '/sign-up']) {
    await goTo(page, path);
    expect([path, await scrollsSideways(page)]).toEqual([path, false]);
  }
});

test('high contrast shows what colour alone told', async ({ visit }) => {
  const page = await visit({ forcedColors: 'active', reducedMotion: 'reduce' });
  const chat = new ChatPage(page);
  await chat.open();
  /** Whether an element stands out from the page, as drawn. */
  const isSeen = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => {
        const { backgroundColor, borderTopWidth, borderTopColor } = getComputedStyle(element);
        const paper = getComputedStyle(document.documentElement).backgroundColor;
        const clear = ['rgba(0, 0, 0, 0)', paper, paper.replace('rgb(', 'rgba(').replace(')', ', 0)')];
        return (
          !clear.includes(backgroundColor) || (borderTopWidth !== '0px' && !clear.includes(borderTopColor))
        );
      });
  expect(await isSeen('header [role="img"]')).toBe(true);
  await page.keyboard.press('Control+.');
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await isSeen('label:has(:checked)')).toBe(true);
  expect(await isSeen('label:has(:not(:checked))')).toBe(false);
  // The system puts paper behind words, unless it is told not to: these would be white on white.
  const chosen = page.locator('label:has(:checked)').first();
  expect(await chosen.evaluate((label) => getComputedStyle(label).forcedColorAdjust)).toBe('none');
  await page.keyboard.press('Escape');
  await chat.send('/script tokens=20 rate=0');
  await chat.hasState('completed');
  await goTo(page, '/usage');
  expect(await isSeen('figure figcaption [aria-hidden]')).toBe(true);
  const bar = page.locator('figure path').first();
  const paper = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  expect(await bar.evaluate((path) => getComputedStyle(path).fill)).not.toBe(paper);
});
