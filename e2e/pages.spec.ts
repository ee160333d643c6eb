import AxeBuilder from '@axe-core/playwright';
import { signUp } from '#test/harness/accounts.ts';
import { expect, test, testAlone } from './harness/story.ts';

const PAGES = ['/admin/queue', '/admin/users', '/admin/endpoints', '/usage', '/keys', '/archive'];

testAlone(
  'the pages beside the chats are in order for everybody: narrow and wide, light and dark, both languages',
  async ({ visit, ownServer }) => {
    test.setTimeout(180_000);
    const ada = await signUp(ownServer.url, { name: 'Ada' });
    await ada.fetch('/api/v1/api-keys', { method: 'POST', json: { name: 'Notebook' } });
    await ada.fetch('/api/v1/messages', {
      method: 'POST',
      json: { chat: {}, message: { content: '/script tokens=9000 rate=20' } },
    });
    for (const [width, theme, language] of [
      [1440, 'light', 'en'],
      [390, 'dark', 'ru'],
    ] as const) {
      const page = await visit({ as: ada, viewport: { width, height: 844 } });
      await page.addInitScript(
        (state) => localStorage.setItem('parley.preferences', JSON.stringify({ state, version: 0 })),
        { theme, language, sendKey: 'enter', sidebarOpen: true, thoughtsOpen: null },
      );
      for (const path of PAGES) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.locator('main [aria-hidden].animate-breathe')).toHaveCount(0);
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21aa'])
          .analyze();
        expect(violations.map(({ id, nodes }) => [path, theme, id, nodes.map(({ html }) => html)])).toEqual(
          [],
        );
        const wider = await page.evaluate(() =>
          [...document.querySelectorAll('main > div')].some((part) => part.scrollWidth > part.clientWidth),
        );
        expect([path, wider]).toEqual([path, false]);
      }
    }
  },
);

test('on a phone the list gives way to the page that was chosen in it, and keys reach that page', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/');
  await page.getByRole('button', { name: 'Show chats' }).click();
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Your usage' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Your usage' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Your chats' })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Your usage' })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.getByRole('navigation', { name: 'Yours' }).getByRole('link', { name: 'API keys' }).click();
  await expect(page.getByRole('heading', { name: 'Keys need an account' })).toBeVisible();
});
