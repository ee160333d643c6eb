/** What is written while a reply is written: it waits on the server, for every tab and device of its person. */
import type { Locator, Page } from '@playwright/test';
import { stickingOut } from './harness/access.ts';
import { faults } from './harness/axe.ts';
import { ChatPage, expect, test } from './harness/story.ts';

const LONG = '/script tokens=3000 rate=50';
const done = (text: string) => `${text}\n/script text="Answer to ${text}." rate=0`;

/** What waits above the composer, whether by itself or held. */
const outboxOf = (page: Page): Locator =>
  page.getByRole('region', { name: /^(?:Will be sent after this reply|Waiting for you)$/ });
const rowsOf = (page: Page): Locator => outboxOf(page).locator('[data-outbox]');
const row = (page: Page, text: string): Locator => rowsOf(page).filter({ hasText: text });
const order = (page: Page) =>
  expect.poll(async () => (await rowsOf(page).allInnerTexts()).map((text) => text.trim().split(/\s/)[0]));

/** Sends while a reply is written. */
async function queue(chat: ChatPage, text: string): Promise<void> {
  await chat.composer.fill(text);
  await chat.composer.press('Enter');
  await expect(row(chat.page, text.split('\n')[0]!)).toBeVisible();
}

test('what is said while a reply is written waits, is edited, moved and kept through a reload, and goes out in order', async ({
  page,
  context,
  chat,
  complaints,
}) => {
  await chat.open();
  await chat.send(`First\n/script tokens=400 rate=40`);
  await chat.hasWritten(20);
  await queue(chat, done('Alpha'));
  await expect(chat.composer).toHaveValue('');
  await queue(chat, done('Beta'));
  await queue(chat, done('Gamma'));
  await order(page).toEqual(['Alpha', 'Beta', 'Gamma']);

  // A second tab is in step, whatever is done in either.
  const other = new ChatPage(await context.newPage());
  await other.open(new URL(page.url()).pathname);
  await order(other.page).toEqual(['Alpha', 'Beta', 'Gamma']);
  await row(page, 'Gamma').getByRole('button', { name: 'Move up' }).click();
  await order(page).toEqual(['Alpha', 'Gamma', 'Beta']);
  await order(other.page).toEqual(['Alpha', 'Gamma', 'Beta']);
  // By keys, to the end and back: the focus stays with what is moved.
  const toMove = (by: 'up' | 'down') => row(page, 'Gamma').getByRole('button', { name: `Move ${by}` });
  await toMove('down').press('Enter');
  await order(page).toEqual(['Alpha', 'Beta', 'Gamma']);
  await expect(toMove('up')).toBeFocused();
  await page.keyboard.press('Enter');
  await order(other.page).toEqual(['Alpha', 'Gamma', 'Beta']);
  await expect(toMove('up')).toBeFocused();
  await row(other.page, 'Alpha').getByRole('button', { name: 'Edit' }).click();
  const field = other.page.getByRole('textbox', { name: 'Your message' });
  await field.fill(done('Omega'));
  await field.press('Enter');
  await order(page).toEqual(['Omega', 'Gamma', 'Beta']);
  await row(page, 'Beta').getByTitle('Drag to another place').dragTo(row(page, 'Omega'));
  await order(page).toEqual(['Beta', 'Omega', 'Gamma']);
  await row(page, 'Gamma').getByRole('button', { name: 'Delete' }).click();
  await order(other.page).toEqual(['Beta', 'Omega']);
  await page.reload();
  await order(page).toEqual(['Beta', 'Omega']);

  await expect(chat.reply).toContainText('Answer to Omega.', { timeout: 30_000 });
  await expect(outboxOf(page)).toHaveCount(0);
  await expect(outboxOf(other.page)).toHaveCount(0);
  await expect(other.reply).toContainText('Answer to Omega.');
  const said = (await chat.own.allInnerTexts()).map((text) => /First|Alpha|Beta|Gamma|Omega/.exec(text)?.[0]);
  expect(said).toEqual(['First', 'Beta', 'Omega']);
  expect(complaints).toEqual([]);
});

test('after a reply that was stopped the rest is held with a notice, and goes on once one is sent', async ({
  page,
  chat,
}) => {
  await chat.open();
  await chat.send(`First\n${LONG}`);
  await chat.hasWritten(20);
  await queue(chat, done('Alpha'));
  await queue(chat, done('Beta'));
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await chat.hasState('cancelled');
  const held = page.getByRole('region', { name: 'Waiting for you' });
  await expect(held).toContainText('The reply before it was stopped.');
  await expect(chat.own).toHaveCount(1);
  expect(await faults(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => stickingOut(page)).toEqual([]);
  await row(page, 'Alpha').getByRole('button', { name: 'Edit' }).click();
  expect(await faults(page)).toEqual([]);
  await page.getByRole('textbox', { name: 'Your message' }).press('Escape');
  await expect(row(page, 'Alpha').getByRole('button', { name: 'Edit' })).toBeFocused();
  await page.reload();
  await expect(held).toContainText('The reply before it was stopped.');
  await held.getByRole('button', { name: 'Send, and go on with the rest' }).click();
  await expect(chat.reply).toContainText('Answer to Beta.', { timeout: 30_000 });
  await expect(chat.own).toHaveCount(3);
  await expect(outboxOf(page)).toHaveCount(0);
});

test('one that waits is sent now, in the place of the reply; by preference each is', async ({
  page,
  chat,
}) => {
  await chat.open();
  await chat.send(`First\n${LONG}`);
  await chat.hasWritten(20);
  await queue(chat, done('Alpha'));
  await row(page, 'Alpha').getByRole('button', { name: 'Send now' }).click();
  await expect(chat.reply).toContainText('Answer to Alpha.', { timeout: 30_000 });
  await expect(chat.replies.first()).toHaveAttribute('data-state', 'cancelled');

  await page.keyboard.press('Control+.');
  await page.getByRole('radio', { name: 'Interrupts' }).check({ force: true });
  await page.keyboard.press('Escape');
  await chat.send(`Second\n${LONG}`);
  await chat.hasWritten(20);
  await expect(page.getByRole('button', { name: 'Stop the reply and send' })).toHaveCount(0);
  await chat.composer.fill(done('At once'));
  await expect(page.getByRole('button', { name: 'Stop the reply and send' })).toBeVisible();
  await chat.composer.press('Enter');
  await expect(chat.reply).toContainText('Answer to At once.', { timeout: 30_000 });
  await expect(chat.replies.nth(2)).toHaveAttribute('data-state', 'cancelled');
  await expect(outboxOf(page)).toHaveCount(0);
});

test('what is said before the first message has arrived waits for it', async ({ page, chat }) => {
  await page.route('**/api/v1/messages', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 800));
    await route.continue();
  });
  await chat.open();
  await chat.send('First\n/script tokens=80 rate=40');
  await chat.composer.fill(done('Alpha'));
  await chat.composer.press('Enter');
  await chat.composer.fill(done('Beta'));
  await chat.composer.press('Enter');
  await expect(chat.reply).toContainText('Answer to Beta.', { timeout: 30_000 });
  const said = (await chat.own.allInnerTexts()).map((text) => /First|Alpha|Beta/.exec(text)?.[0]);
  expect(said).toEqual(['First', 'Alpha', 'Beta']);
});

test('what was said while the line was away waits in the browser, then on the server', async ({
  page,
  context,
  chat,
}) => {
  await chat.open();
  await chat.send(`First\n${LONG}`);
  await chat.hasWritten(20);
  await context.setOffline(true);
  await chat.composer.fill(done('Alpha'));
  await chat.composer.press('Enter');
  await expect(page.getByText('Not sent yet: there is no connection.')).toBeVisible();
  await context.setOffline(false);
  await expect(row(page, 'Alpha')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
});

test('what an earlier version held in this browser is in the composer again', async ({ page, chat }) => {
  await chat.open();
  await chat.send('First\n/script text="One." rate=0');
  await expect(chat.reply).toContainText('One.');
  await page.evaluate((chatId) => {
    const key = Object.keys(localStorage).find((name) => /^parley\.of\.[^.]+\./.test(name))!;
    const [, owner] = /^parley\.of\.([^.]+)\./.exec(key)!;
    localStorage.setItem(`parley.of.${owner}.text.held.${chatId}`, 'Held before');
  }, chat.chatId);
  await page.reload();
  await expect(chat.composer).toHaveValue('Held before');
  await page.reload();
  await expect(chat.composer).toHaveValue('Held before');
  await expect(chat.own).toHaveCount(1);
});
