/** A chat that is in no list, and goes by itself or when it is left. */
import { expect, test } from './harness/story.ts';

const NOTE = 'Temporary: not in your list';

test('a temporary chat is begun, stays through a refresh, is in no list, and is left for good', async ({
  page,
  chat,
  visit,
  complaints,
}) => {
  await chat.open();
  const toggle = page.getByRole('button', { name: 'Temporary chat' });
  await expect(page.getByText(NOTE)).toHaveCount(0);
  await toggle.click();
  await expect(toggle).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText(NOTE)).toBeVisible();
  await page.reload();
  await expect(page.getByText(NOTE)).toBeVisible();
  await toggle.click();
  await expect(page.getByText(NOTE)).toHaveCount(0);
  await toggle.click();

  await chat.send('Between us\n/script rate=0 text="Nobody knows."');
  await chat.hasState('completed');
  await expect(page.getByText(NOTE)).toBeVisible();
  await expect(chat.list.getByRole('link')).toHaveCount(0);
  await expect(page.locator('header').getByRole('button', { name: 'Share…' })).toHaveCount(0);
  const address = page.url();
  await page.reload();
  await chat.hasState('completed');
  await expect(page.getByText(NOTE)).toBeVisible();
  await expect(chat.list.getByRole('link')).toHaveCount(0);
  // The same person's other page hears of it, and lists it no more than this one.
  const other = await visit();
  await other.context().addCookies(await page.context().cookies());
  await other.goto('/');
  await chat.send('/script rate=0 text="Still nobody."');
  await chat.hasState('completed');
  await expect(other.getByText('Your chats will appear here.')).toBeVisible();

  await page.locator('header').getByRole('button', { name: 'Chat actions' }).click();
  await expect(page.getByRole('menuitem', { name: /Archive|Move|Share/ })).toHaveCount(0);
  await page.getByRole('menuitem', { name: 'Leave and delete' }).click();
  await expect(page).toHaveURL(/\/$/);
  await expect(page.getByText('Chat deleted')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0);
  await page.goto(address);
  await expect(page.getByText('It was deleted, or it belongs to someone else.')).toBeVisible();
  expect(complaints).toEqual([]);
});

test('a temporary chat that is kept is one as any other', async ({ page, chat }) => {
  await chat.open('/?temporary=1');
  await chat.send('Worth keeping\n/script rate=0 text="Yes."');
  await chat.hasState('completed');
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(page.getByText(NOTE)).toHaveCount(0);
  await expect(chat.list.getByRole('link', { name: 'Worth keeping' })).toBeVisible();
  await page.reload();
  await expect(chat.list.getByRole('link', { name: 'Worth keeping' })).toBeVisible();
  await expect(page.locator('header').getByRole('button', { name: 'Share…' })).toBeVisible();
});
