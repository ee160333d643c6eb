import { expect, test } from './harness/story.ts';

test('what the page cannot fetch while there is no line takes nothing away, and comes with the line', async ({
  page,
  context,
  chat,
}) => {
  await chat.open();
  await chat.send('Long before\n/script text="Here." rate=0');
  await chat.hasState('completed');
  await page.getByRole('link', { name: 'New chat' }).first().click();
  await context.setOffline(true);
  // A menu, a page: neither was opened yet.
  await page.getByRole('button', { name: 'Actions for “Long before”' }).click();
  await expect(page.getByText('There is no connection to Parley.')).toBeVisible();
  await page.getByRole('link', { name: 'Projects' }).click();
  await expect(page.getByText('Parley is not responding.')).toBeVisible();
  await expect(chat.list.getByRole('link', { name: 'Long before' })).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByRole('heading', { name: 'Projects' })).toBeVisible();
  await page.getByRole('button', { name: 'Actions for “Long before”' }).click();
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeVisible();
});
