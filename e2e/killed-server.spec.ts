import { expect, squeezed, testAlone as test } from './harness/story.ts';

test('the server is killed in the middle of a reply and comes back: nothing seen is lost', async ({
  page,
  chat,
  ownServer,
}) => {
  test.setTimeout(180_000);
  await chat.open();
  await chat.send('Survive this\n/script tokens=3000 rate=60');
  await chat.hasWritten(200);
  await ownServer.kill();
  const seen = squeezed(await chat.words());
  await expect(page.getByText('Reconnecting…')).toBeVisible();

  // Written while there is no server: kept, and sent when there is one.
  await page.goto('about:blank');
  await ownServer.start();
  await page.goto(ownServer.url);
  await chat.list.getByRole('link', { name: 'Survive this' }).click();
  await chat.hasState('interrupted', 60_000);
  await expect(chat.reply).toContainText('The server stopped while writing this. What was written is kept.');
  // All that was seen is there; its last words may have been drawn as Markdown that was not closed yet.
  expect(squeezed(await chat.words()).startsWith(seen.slice(0, -40))).toBe(true);

  await chat.reply.getByRole('button', { name: 'Retry' }).click();
  await chat.hasState('running');
  await chat.hasWritten(50);
  await page.keyboard.press('Escape');
  await chat.hasState('cancelled');
});

test('a page that stays open finds the server again by itself, and sends what was written meanwhile', async ({
  page,
  chat,
  ownServer,
}) => {
  test.setTimeout(180_000);
  await chat.open();
  await chat.send('Stay\n/script tokens=3000 rate=60');
  await chat.hasWritten(100);
  await ownServer.kill();
  await expect(page.getByText('Reconnecting…')).toBeVisible();
  await page.getByRole('link', { name: 'New chat' }).first().click();
  await chat.send('Said while nobody listened\n/script text="Heard." rate=0');
  await expect(page.getByText('Not sent yet: there is no connection.')).toBeVisible();
  await ownServer.start();
  await expect(chat.reply).toContainText('Heard.', { timeout: 60_000 });
  await expect(page.getByText('Reconnecting…')).toHaveCount(0);
  await expect(chat.own).toHaveCount(1);
  await chat.list.getByRole('link', { name: /^Stay/ }).click();
  await chat.hasState('interrupted', 60_000);
});
