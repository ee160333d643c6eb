/** The panel at the right of a chat: beside it on wide screens, a sheet on narrow ones. */
import type { Page } from '@playwright/test';
import { faults } from './harness/axe.ts';
import { ChatPage, expect, test } from './harness/story.ts';

const menuOf = (page: Page) => page.locator('header').getByRole('button', { name: 'Chat actions' });

async function openDetails(page: Page): Promise<void> {
  await menuOf(page).click();
  await page.getByRole('menuitem', { name: 'Details' }).click();
}

async function begin(page: Page, text: string): Promise<ChatPage> {
  const chat = new ChatPage(page);
  await chat.open();
  await chat.composer.fill(`${text}\n/script text="Yes." rate=0`);
  // On a touch screen Enter makes a new line.
  await page.getByRole('button', { name: 'Send' }).click();
  await chat.hasState('completed');
  return chat;
}

test('the details of a chat stand beside it, as wide as one likes, and give the focus back', async ({
  page,
  complaints,
}) => {
  const chat = await begin(page, 'Beside me');
  await openDetails(page);
  const panel = page.getByRole('complementary', { name: 'Chat details' });
  await expect(panel.getByLabel('Title')).toBeFocused();
  expect(await faults(page, { tags: ['wcag2a', 'wcag2aa', 'wcag22aa'] })).toEqual([]);

  // It pushes the page, which stays in use.
  const widthOf = async () => Math.round((await panel.boundingBox())!.width);
  const main = (await page.getByRole('main').boundingBox())!;
  expect(main.x + main.width).toBeLessThanOrEqual(1440 - (await widthOf()));
  await chat.send('/script text="Still here." rate=0');
  await expect(chat.reply).toContainText('Still here.');

  const edge = panel.getByRole('separator', { name: 'Width of the panel' });
  const before = await widthOf();
  await edge.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(widthOf).toBeGreaterThan(before + 20);
  const wider = await widthOf();
  await expect(edge).toHaveAttribute('aria-valuenow', String(wider));
  const { x, y, height } = (await edge.boundingBox())!;
  await page.mouse.move(x + 6, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x - 74, y + height / 2, { steps: 4 });
  await page.mouse.up();
  await expect.poll(widthOf).toBeGreaterThan(wider + 60);
  const dragged = await widthOf();
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await expect.poll(widthOf).toBeLessThan(before);
  await page.mouse.move(x - 80, y + height / 2);
  await page.keyboard.press('ArrowLeft');
  const chosen = await widthOf();
  expect(chosen).not.toBe(dragged);

  await panel.getByLabel('Title').focus();
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(menuOf(page)).toBeFocused();

  await page.reload();
  await chat.hasState('completed');
  await openDetails(page);
  await expect.poll(widthOf).toBe(chosen);
  await panel.getByRole('button', { name: 'Close' }).click();
  await expect(menuOf(page)).toBeFocused();
  expect(complaints).toEqual([]);
});

test('the panel follows to another chat, keeps what was typed, and goes where there is no chat', async ({
  page,
}) => {
  await begin(page, 'First of two');
  const chat = await begin(page, 'Second of two');
  await openDetails(page);
  const panel = page.getByRole('complementary', { name: 'Chat details' });
  await expect(panel.getByLabel('Title')).toHaveValue('Second of two');
  await panel.getByLabel('Description').fill('Half a thought');
  await chat.list.getByRole('link', { name: 'First of two' }).click();
  await expect(panel.getByLabel('Title')).toHaveValue('First of two');
  await expect(panel.getByLabel('Description')).toHaveValue('');
  await chat.list.getByRole('link', { name: 'Second of two' }).click();
  await expect(panel.getByLabel('Description')).toHaveValue('Half a thought');
  await page.keyboard.press('Control+Shift+O');
  await expect(panel).toHaveCount(0);
  await expect(chat.composer).toBeFocused();
});

test('Escape in the panel closes it and leaves the reply alone', async ({ page, chat }) => {
  await chat.open();
  await chat.send('/script tokens=400 rate=40');
  await chat.hasState('running');
  await openDetails(page);
  const panel = page.getByRole('complementary', { name: 'Chat details' });
  await expect(panel.getByLabel('Title')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await chat.hasState('running');
  await page.keyboard.press('Escape');
  await chat.hasState('cancelled');
});

test('on a phone the panel is a sheet over the page', async ({ visit }) => {
  const page = await visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await begin(page, 'In my hand');
  await openDetails(page);
  const sheet = page.getByRole('dialog', { name: 'Chat details' });
  await expect(sheet.getByLabel('Title')).toBeFocused();
  await expect(sheet.getByRole('separator')).toHaveCount(0);
  await expect.poll(async () => (await sheet.boundingBox())!.width).toBe(390);
  await sheet.getByLabel('Title').fill('In my other hand');
  await sheet.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(sheet).toHaveCount(0);
  await expect(menuOf(page)).toBeFocused();
  await expect(page.getByRole('heading', { name: 'In my other hand' })).toBeVisible();
});
