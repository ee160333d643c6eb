import { signUp } from '#test/harness/accounts.ts';
import { faults } from './harness/axe.ts';
import { furnish, pathsOf } from './harness/every-page.ts';
import { expect, test, testAlone } from './harness/story.ts';

/** Chats, the forms to sign in, and addresses that lead nowhere are looked at elsewhere. */
const besideChats = (path: string): boolean => !/^\/($|c\/|no\/|sign-)/.test(path);

testAlone(
  'the pages beside the chats are in order in Russian, on a phone and in the dark',
  async ({ visit, ownServer }) => {
    test.setTimeout(180_000);
    const ada = await signUp(ownServer.url, { name: 'Ada' });
    const furnished = await furnish(ada);
    const page = await visit({
      as: ada,
      locale: 'ru-RU',
      colorScheme: 'dark',
      viewport: { width: 390, height: 844 },
    });
    for (const path of pathsOf(furnished).filter(besideChats)) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('main [aria-hidden].animate-breathe')).toHaveCount(0);
      expect([path, await faults(page, { tags: ['wcag2a', 'wcag2aa', 'wcag21aa'] })]).toEqual([path, []]);
      const wider = await page.evaluate(() =>
        [...document.querySelectorAll('main > div')].some((part) => part.scrollWidth > part.clientWidth),
      );
      expect([path, wider]).toEqual([path, false]);
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
