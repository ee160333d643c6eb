/** On a touch screen: menus by a long press, room for fingers, no zooming in on fields, and the composer above the keyboard. */
import type { Page } from '@playwright/test';
import { signUp } from '#test/harness/accounts.ts';
import { ChatPage, expect, test } from './harness/story.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const ANSWER =
  '/script text="A bridge carries its load by [cables](https://example.org).\\n\\n```js\\nlet code;\\n```" rate=0';

async function touch(page: Page) {
  const browser = await page.context().newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
    browser.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  return {
    /** Rests there for so long, having moved by `moved` pixels. */
    async press(at: { x: number; y: number }, ms: number, moved = 0) {
      await send('touchStart', [at]);
      if (moved > 0) await send('touchMove', [{ x: at.x, y: at.y + moved }]);
      await page.waitForTimeout(ms);
      await send('touchEnd', []);
    },
  };
}

test('a long press on a message opens its menu where the finger is; links, code and a finger that moves do not', async ({
  visit,
  server,
}) => {
  const page = await visit({ as: await signUp(server.url), ...PHONE });
  const chat = new ChatPage(page);
  await chat.open();
  await chat.composer.fill(`Bridges\n${ANSWER}`);
  await page.getByRole('button', { name: 'Send' }).click();
  await chat.hasState('completed');
  // Its listeners are fetched.
  await expect(page.locator('[data-pressed]')).toHaveCount(1);
  const finger = await touch(page);
  const middle = async (text: string) => {
    const part = page.getByText(text).last();
    await part.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await part.boundingBox())!;
    return { x: x + Math.min(width / 2, 60), y: y + height / 2 };
  };
  const menu = page.getByRole('menu');
  const words = await middle('A bridge carries its load by');
  await finger.press(words, 200);
  await finger.press(words, 700, 40);
  await finger.press(await middle('cables'), 700);
  await finger.press(await middle('let code'), 700);
  await expect(menu).toHaveCount(0);

  const at = await middle('A bridge carries its load by');
  await finger.press(at, 700);
  await expect(menu.getByRole('menuitem', { name: 'Copy' })).toBeVisible();
  const box = (await menu.boundingBox())!;
  expect(Math.abs(box.y - at.y)).toBeLessThan(30);
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('');
  // Lifting the finger has chosen nothing, and what is chosen is about that message.
  await menu.getByRole('menuitem', { name: 'Show as text' }).tap();
  const text = page.getByRole('dialog', { name: 'Message as text' });
  await expect(text.getByRole('textbox')).toHaveValue(/^A bridge carries its load by \[cables\]/);
  await text.getByRole('button', { name: 'Close' }).tap();
  await expect(text).toHaveCount(0);

  // Once more, on one's own words, which can be rewritten from there.
  await finger.press(await middle('Bridges'), 700);
  await menu.getByRole('menuitem', { name: 'Edit' }).tap();
  await expect(page.getByRole('textbox', { name: 'Your message' })).toBeFocused();
});

test('a right click is left to the browser', async ({ page, chat }) => {
  await chat.open();
  await chat.send(ANSWER);
  await chat.hasState('completed');
  const prevented = page.evaluate(
    () =>
      new Promise((tell) =>
        addEventListener('contextmenu', ({ defaultPrevented }) => tell(defaultPrevented), { once: true }),
      ),
  );
  await chat.reply.getByText('A bridge').click({ button: 'right' });
  expect(await prevented).toBe(false);
  await expect(page.getByRole('menu')).toHaveCount(0);
});

test('what a finger is to hit in a chat is 44 pixels large, and no field makes the page zoom in', async ({
  visit,
  server,
}) => {
  const page = await visit({ as: await signUp(server.url), ...PHONE });
  const chat = new ChatPage(page);
  const small = () =>
    page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button, [role="menuitem"], [role="option"]')]
        // What only keys reach is not seen.
        .filter((part) => part.checkVisibility() && !part.closest('.skip-link, [aria-hidden]'))
        .map((part) => ({ part, box: part.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 1 && (box.width < 43.5 || box.height < 43.5))
        .map(
          ({ part, box }) =>
            `${part.getAttribute('aria-label') ?? part.textContent} ${box.width}×${box.height}`,
        ),
    );
  const zooming = () =>
    page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('input, textarea, select')]
        .filter(
          (field) => field.checkVisibility() && Number.parseFloat(getComputedStyle(field).fontSize) < 16,
        )
        .map((field) => field.outerHTML.slice(0, 120)),
    );
  await chat.open();
  await chat.composer.fill(`Bridges\n${ANSWER}`);
  await page.getByRole('button', { name: 'Send' }).click();
  await chat.hasState('completed');
  await page.getByRole('button', { name: 'Edit' }).tap();
  expect([await small(), await zooming()]).toEqual([[], []]);
  await page.getByRole('textbox', { name: 'Your message' }).fill('Corrected');
  await page.getByRole('button', { name: 'Save', exact: true }).tap();
  await expect(page.getByRole('button', { name: 'Get a reply' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Earlier version' })).toBeVisible();
  expect(await small()).toEqual([]);
  await page.getByRole('button', { name: 'Earlier version' }).tap();
  await page.getByRole('button', { name: 'Another model or agent' }).tap();
  await expect(page.getByRole('combobox')).toBeFocused();
  expect([await small(), await zooming()]).toEqual([[], []]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await chat.composer.fill('');
  await chat.composer.pressSequentially('@');
  await expect(page.getByRole('listbox', { name: 'Who answers this message' })).toBeVisible();
  expect([await small(), await zooming()]).toEqual([[], []]);
  await page.goto('/settings');
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  expect(await zooming()).toEqual([]);
});

test('where a keyboard is laid over the page, the composer stands above it', async ({ visit }) => {
  const page = await visit(PHONE);
  // As Safari does it: the window stays as tall as it was, and only what is seen of it becomes less.
  await page.addInitScript(() => {
    const seen = Object.assign(new EventTarget(), { height: 844, offsetTop: 0, scale: 1 });
    Object.defineProperty(window, 'visualViewport', { value: seen });
  });
  const see = (change: { height?: number; scale?: number }) =>
    page.evaluate((to) => {
      Object.assign(visualViewport!, to);
      visualViewport!.dispatchEvent(new Event('resize'));
    }, change);
  const chat = new ChatPage(page);
  const bottom = async () => {
    const { y, height } = (await chat.composer.boundingBox())!;
    return y + height;
  };
  await chat.open();
  await chat.composer.tap();
  const below = await bottom();
  expect(below).toBeGreaterThan(760);
  // What keeps it there is fetched after the first paint.
  await expect
    .poll(async () => {
      await see({ height: 500 });
      return bottom();
    })
    .toBeLessThan(500);
  expect(await bottom()).toBeGreaterThan(400);
  expect(await page.evaluate(() => document.body.getBoundingClientRect().height)).toBe(500);
  await see({ height: 844 });
  await expect.poll(bottom).toBe(below);
  // A bar of the browser is none, nor is what somebody has zoomed in on.
  await see({ height: 800 });
  expect(await bottom()).toBe(below);
  await see({ height: 422, scale: 2 });
  expect(await bottom()).toBe(below);
});
