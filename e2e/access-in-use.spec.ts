/** For everybody, in use: where the focus goes, what screen readers are told, high contrast, large text, narrow screens. */
import { goTo, scrollsSideways } from './harness/access.ts';
import { ChatPage, expect, test } from './harness/story.ts';

test('the focus goes to the neighbour of what is deleted, back from its note, and never to nothing', async ({
  page,
  chat,
}) => {
  await chat.open();
  for (const title of ['Third', 'Second', 'First'])
    await page.request.post('/api/v1/chats', { data: { title } });
  await page.reload();
  // Nobody is as quick as a story: what keeps the focus comes right after the page has been drawn.
  await page.waitForLoadState('networkidle');
  const menuOf = (title: string) => page.getByRole('button', { name: `Actions for “${title}”` });
  const choose = async (title: string, entry: string) => {
    await menuOf(title).press('Enter');
    await page.getByRole('menuitem', { name: entry }).press('Enter');
  };
  await expect(menuOf('First')).toBeAttached();
  const order = await chat.list.getByRole('link').allInnerTexts();
  await choose(order[1]!, 'Delete');
  await expect(menuOf(order[2]!)).toBeFocused();
  // The note comes once the server has deleted it.
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  await page.keyboard.press('F8');
  await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(menuOf(order[1]!)).toBeAttached();
  await expect(menuOf(order[2]!)).toBeFocused();

  await choose(order[0]!, 'Rename');
  await page.getByRole('textbox', { name: 'Title of the chat' }).press('Escape');
  await expect(chat.list.getByRole('link', { name: order[0]! })).toBeFocused();

  await choose(order[0]!, 'Archive');
  await page.keyboard.press('Control+Shift+S');
  await expect(page.getByRole('link', { name: 'New chat' })).toBeVisible();
  await page.getByRole('button', { name: 'Show chats' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Hide chats' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Show chats' })).toBeFocused();

  // The tabs of a page go with it.
  await page.goto('/archive');
  await expect(page).toHaveURL(/\/chats\?archived=true$/);
  await page.getByRole('link', { name: 'Your usage' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Your usage' })).toBeFocused();
  await page
    .getByRole('navigation', { name: 'Yours' })
    .getByRole('link', { name: 'All chats' })
    .press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'All chats' })).toBeFocused();
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
  for (const path of [
    new URL(page.url()).pathname,
    '/',
    '/usage',
    '/keys',
    '/chats',
    '/agents',
    '/agents/new',
    '/projects',
    '/sign-up',
  ]) {
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
  await expect(page.locator('label:has(:checked)').first()).toBeVisible();
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
