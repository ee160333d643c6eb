import { ChatPage, expect, squeezed, test } from './harness/story.ts';

test('two tabs show the same reply, the same changes, and either can stop it', async ({
  page,
  context,
  chat,
}) => {
  await chat.open();
  await chat.send('Seen twice\n/script tokens=3000 rate=60');
  await chat.hasWritten(50);
  const other = new ChatPage(await context.newPage());
  await other.open(new URL(page.url()).pathname);
  await other.hasWritten(60);

  await other.page.getByRole('button', { name: 'Stop', exact: true }).click();
  await chat.hasState('cancelled');
  await other.hasState('cancelled');
  expect(squeezed(await chat.words())).toBe(squeezed(await other.words()));

  // What is sent in one is drawn in both.
  await chat.send('And once more\n/script text="Both of you." rate=0');
  await expect(other.own.last()).toContainText('And once more');
  await expect(other.reply).toContainText('Both of you.');

  // A new title and a deletion reach the other tab; so does taking it back.
  await chat.list.getByRole('link', { name: 'Seen twice' }).dblclick();
  await page.getByRole('textbox', { name: 'Title of the chat' }).fill('Renamed here');
  await page.keyboard.press('Enter');
  await expect(other.list.getByRole('link', { name: 'Renamed here' })).toBeVisible();
  await expect(other.page).toHaveTitle('Renamed here · Parley');

  await page.locator('header').getByRole('button', { name: 'Chat actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page).toHaveURL(/\/$/);
  await expect(other.list.getByRole('link', { name: 'Renamed here' })).toHaveCount(0);
  await expect(other.page.getByRole('heading', { name: 'This chat is not available' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(chat.list.getByRole('link', { name: 'Renamed here' })).toBeVisible();
  await expect(other.list.getByRole('link', { name: 'Renamed here' })).toBeVisible();
  await expect(other.reply).toContainText('Both of you.');
});
