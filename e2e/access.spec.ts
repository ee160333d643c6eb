/** For everybody, on every page, window and panel: names, landmarks, headings, contrast, and somewhere for the focus to be. */
import type { Page } from '@playwright/test';
import { PANELS, WINDOWS } from '#page/parts.ts';
import { signUp } from '#test/harness/accounts.ts';
import { focused, goTo, scrollsSideways } from './harness/access.ts';
import { faults } from './harness/axe.ts';
import { dialogsOf, furnish, LAYERS, OPENED, pathsOf } from './harness/every-page.ts';
import { ChatPage, expect, test, testAlone } from './harness/story.ts';

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
    expect([what, width, colorScheme, await faults(page, rules && { rules })]).toEqual([
      what,
      width,
      colorScheme,
      [],
    ]);
    expect([what, width, await scrollsSideways(page)]).toEqual([what, width, false]);
  }
  await page.setViewportSize({ width: 1440, height: 844 });
}

testAlone(
  'every page is named, in order and readable, and takes the focus when it is gone to',
  async ({ visit, ownServer }) => {
    test.setTimeout(180_000);
    const ada = await signUp(ownServer.url, { name: 'Ada' });
    const furnished = await furnish(ada);
    const page = await visit({ as: ada, reducedMotion: 'reduce' });
    await page.goto('/');
    const titles = new Map<string, string>();
    for (const path of pathsOf(furnished)) {
      await goTo(page, path);
      await isForEverybody(page, path);
      expect([path, await focused(page)]).not.toEqual([path, 'BODY']);
      // A project is the same under each of its tabs.
      if (!/^\/projects\/.+\//.test(path)) titles.set(path, await page.title());
    }
    // Only a new chat has no name of its own, and no page keeps that of another.
    expect([...titles].filter(([, title]) => !title.endsWith(' · Parley'))).toEqual([['/', 'Parley']]);
    expect(new Set(titles.values()).size).toBe(titles.size);
  },
);

testAlone('every dialog is named and readable, and gives the focus back', async ({ visit, ownServer }) => {
  test.setTimeout(120_000);
  const ada = await signUp(ownServer.url, { name: 'Ada' });
  const furnished = await furnish(ada);
  const page = await visit({ as: ada, reducedMotion: 'reduce' });
  await page.goto('/');
  for (const [path, open, entry] of dialogsOf(page, furnished)) {
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

test('every window and panel, the menus and a chat in each state are named and readable', async ({
  visit,
  server,
}) => {
  test.setTimeout(120_000);
  const names = [...WINDOWS, ...PANELS].map(({ name }) => name);
  expect(Object.keys(OPENED).sort()).toEqual(names.sort());
  const page = await visit({ as: await signUp(server.url, { name: 'Ada' }), reducedMotion: 'reduce' });
  const chat = new ChatPage(page);
  await chat.open();
  await chat.send('Show me code and a table');
  await chat.hasState('completed');
  // Titles of its own, in no good order.
  await chat.send(
    '/script rate=0 text="### Deep\\n\\nWords.\\n\\n# Title\\n\\n#### Deeper\\n\\n## Part\\n\\n```html\\n<p>Hello</p>\\n```"',
  );
  await chat.hasState('completed');
  await expect(chat.reply.getByRole('heading', { name: 'Title', level: 3 })).toBeVisible();
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
    // Also where one window led to another: to what was there before the first.
    await expect.poll(() => focused(page)).toMatch(/^(BUTTON|TEXTAREA)$/);
    // Some are opened from a page of their own.
    if (!page.url().includes('/c/')) await page.goBack();
  }
  for (const name of LAYERS) {
    await page.getByRole('button', { name }).last().click();
    await expect(page.locator('[role="menu"], [role="dialog"]')).toBeVisible();
    // A menu floats outside the landmarks, as every menu does.
    const found = (await faults(page)).filter((fault) => !fault.includes('data-radix-popper'));
    expect([name, found]).toEqual([name, []]);
    await page.keyboard.press('Escape');
  }
});
