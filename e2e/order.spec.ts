/** Putting many chats in order: found by the address, selected in ranges, changed together, and taken back. */
import type { Page } from '@playwright/test';
import { type Person, signUp } from '#test/harness/accounts.ts';
import { makeProject } from './harness/make-project.ts';
import { expect, OFTEN, type Server, test } from './harness/story.ts';

/** Somebody with chats named by number, the highest on top; every third has a tag, every second a field. */
async function ada(server: Server, count: number): Promise<Person> {
  const person = await signUp(server.url, { name: 'Ada' });
  const db = server.database.db.$client;
  await db.query('UPDATE users SET max_chats = 100000 WHERE id = $1', [person.userId]);
  await db.query(
    `INSERT INTO chats (id, user_id, title, tags, metadata, active_at)
     SELECT gen_random_uuid(), $1, 'Chat ' || n, CASE WHEN n % 3 = 0 THEN '{pilot}'::text[] ELSE '{}' END,
       jsonb_build_object('wave', n % 2), now() - ($2 - n) * interval '1 minute' FROM generate_series(1, $2) n`,
    [person.userId, count],
  );
  return person;
}

const box = (page: Page, title: string) =>
  page.getByRole('checkbox', { name: `Select “${title}”`, exact: true });
const bar = (page: Page) => page.getByRole('region', { name: 'Selected chats' });
const found = (page: Page) => page.getByRole('list', { name: 'Chats found' }).getByRole('listitem');
const titles = (page: Page) => found(page).getByRole('link').allInnerTexts();
const undo = (page: Page) => page.getByRole('status').getByRole('button', { name: 'Undo' });

test('a range is selected and archived, and one click takes it back', async ({
  visit,
  server,
  complaints,
}) => {
  const page = await visit({ as: await ada(server, 12) });
  await page.goto('/');
  await page.getByRole('link', { name: 'All chats' }).click();
  await expect(found(page)).toHaveCount(12);
  await box(page, 'Chat 11').click();
  await box(page, 'Chat 8').click({ modifiers: ['Shift'] });
  await expect(bar(page)).toContainText('4 selected');
  await bar(page).getByRole('button', { name: 'Archive' }).click();
  await expect(page.getByText('4 chats archived')).toBeVisible();
  await expect(found(page)).toHaveCount(8);
  await expect(bar(page)).toHaveCount(0);
  await undo(page).click();
  await expect(found(page)).toHaveCount(12);
  expect(await titles(page)).toContain('Chat 9');
  expect(complaints).toEqual([]);
});

test('by keys alone: arrows move, Shift and Space select, Ctrl+A takes all, Escape none', async ({
  visit,
  server,
}) => {
  const page = await visit({ as: await ada(server, 5) });
  await page.goto('/chats');
  await box(page, 'Chat 5').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await expect(box(page, 'Chat 4')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+Space');
  await expect(bar(page)).toContainText('3 selected');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(bar(page)).toContainText('4 selected');
  await page.keyboard.press('Escape');
  await expect(bar(page)).toHaveCount(0);
  await page.keyboard.press('Control+a');
  await expect(bar(page)).toContainText('5 selected');
  await expect(box(page, 'Chat 2')).toBeFocused();
});

test('all that match are tagged and deleted together, also those that are not on the screen, and come back', async ({
  visit,
  server,
}) => {
  const person = await ada(server, 900);
  const page = await visit({ as: person });
  await page.goto('/chats?tag=pilot');
  await expect(page.getByText('300 chats')).toBeVisible();
  await box(page, 'Chat 900').click();
  await bar(page).getByRole('button', { name: 'Select all 300 matching' }).click();
  await bar(page).getByRole('button', { name: 'Add a tag' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Tag' }).fill('Study 1');
  await dialog.getByRole('button', { name: 'Add a tag' }).click();
  await expect(page.getByText('300 chats tagged')).toBeVisible();
  await expect(found(page).first()).toContainText('pilot · Study 1');

  await box(page, 'Chat 897').click();
  await bar(page).getByRole('button', { name: 'Select all 300 matching' }).click();
  await bar(page).getByRole('button', { name: 'Delete' }).click();
  await dialog.getByRole('button', { name: 'Delete 300 chats' }).click();
  await expect(page.getByText('No chats match these filters.')).toBeVisible();
  const left = await (await person.fetch('/api/v1/chats?limit=1&total=true')).json();
  expect(left.total).toBe(600);
  await page.getByText('300 chats deleted').locator('..').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('300 chats', { exact: true })).toBeVisible();
});

test('filters stand in the address: they survive a reload, and the way back leads through them', async ({
  visit,
  server,
}) => {
  const page = await visit({ as: await ada(server, 12) });
  await page.goto('/chats');
  await page.getByRole('combobox', { name: 'Tag' }).fill('pi');
  await page.getByRole('option', { name: 'pilot' }).click();
  await expect(page).toHaveURL(/\?tag=pilot$/);
  await expect(found(page)).toHaveCount(4);
  await page.getByRole('button', { name: 'More filters' }).click();
  const more = page.getByRole('dialog', { name: 'More filters' });
  await more.getByLabel('Name').fill('wave');
  await more.getByLabel('Value').fill('1');
  await more.getByRole('button', { name: 'Apply' }).click();
  await expect(found(page)).toHaveCount(2);
  await page.reload();
  await expect(found(page)).toHaveCount(2);
  expect(await titles(page)).toEqual(['Chat 9', 'Chat 3']);
  await page.goBack();
  await expect(found(page)).toHaveCount(4);
  await page.goBack();
  await expect(found(page)).toHaveCount(12);
  await page.goForward();
  await expect(found(page)).toHaveCount(4);
  await page.getByRole('button', { name: 'Without the filter “pilot”' }).click();
  await expect(found(page)).toHaveCount(12);
  await page.getByRole('searchbox', { name: 'Title, description or tag' }).fill('Chat 12');
  await expect(page).toHaveURL(/\?q=Chat\+12$/);
  await expect(found(page)).toHaveCount(1);
});

test('a tag is renamed in all chats, and becomes one with another', async ({ visit, server }) => {
  const person = await ada(server, 6);
  await person.fetch('/api/v1/chats', { method: 'POST', json: { title: 'Other', tags: ['trial', 'pilot'] } });
  const page = await visit({ as: person });
  await page.goto('/chats');
  await page.getByRole('button', { name: 'Tags', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Tags' });
  const rename = async (from: string, to: string, action: string) => {
    await dialog.getByRole('button', { name: `Rename the tag “${from}”` }).click();
    await dialog.getByLabel(`New name for “${from}”`).fill(to);
    await dialog.getByRole('button', { name: action, exact: true }).click();
  };
  await rename('pilot', 'study / 1', 'Rename');
  await expect(dialog.getByRole('listitem').first()).toContainText('study / 13');
  await rename('trial', 'study / 1', 'Merge');
  await expect(dialog.getByRole('listitem')).toHaveCount(1);
  await dialog.getByRole('link', { name: 'study / 1' }).click();
  await expect(found(page)).toHaveCount(3);
  expect(await titles(page)).toContain('Other');
});

test('a pinned chat stands on top of the list in every tab, and goes back to its place', async ({
  visit,
  server,
}) => {
  const person = await ada(server, 3);
  const [page, other] = [await visit({ as: person }), await visit({ as: person })];
  const rows = (tab: Page) =>
    tab.getByRole('navigation', { name: 'Your chats' }).locator('h2, a').allInnerTexts();
  for (const tab of [page, other]) await tab.goto('/');
  const choose = async (title: string, entry: string) => {
    await page.getByRole('link', { name: title }).hover();
    await page.getByRole('button', { name: `Actions for “${title}”` }).click();
    await page.getByRole('menuitem', { name: entry }).click();
  };
  await choose('Chat 1', 'Pin');
  for (const tab of [page, other])
    await expect
      .poll(async () => (await rows(tab)).slice(0, 2).map((text) => text.split('\n')[0]), OFTEN)
      .toEqual(['Pinned', 'Chat 1']);
  await page.reload();
  await expect.poll(async () => (await rows(page))[0], OFTEN).toBe('Pinned');
  await choose('Chat 1', 'Unpin');
  for (const tab of [page, other])
    await expect.poll(async () => (await rows(tab)).includes('Pinned'), OFTEN).toBe(false);
});

test('with Shift held a row of the list archives and deletes with one click, each with a way back', async ({
  visit,
  server,
}) => {
  const page = await visit({ as: await ada(server, 2) });
  await page.goto('/');
  const list = page.getByRole('navigation', { name: 'Your chats' });
  await list.getByRole('link', { name: 'Chat 2' }).hover();
  await page.keyboard.down('Shift');
  await list.getByRole('button', { name: 'Archive' }).click();
  await page.keyboard.up('Shift');
  await expect(list.getByRole('link', { name: 'Chat 2' })).toHaveCount(0);
  await undo(page).click();
  await expect(list.getByRole('link', { name: 'Chat 2' })).toBeVisible();
  await expect(list.getByRole('button', { name: 'Archive' })).toHaveCount(0);
});

test('several selected chats are dropped on a project together', async ({ visit, server }) => {
  const person = await ada(server, 4);
  const projectId = await makeProject(person, 'Bridges');
  const page = await visit({ as: person });
  await page.goto('/chats');
  for (const title of ['Chat 4', 'Chat 2']) await box(page, title).click();
  await found(page)
    .getByRole('link', { name: 'Chat 2' })
    .dragTo(page.getByRole('link', { name: 'Bridges' }));
  const dialog = page.getByRole('dialog', { name: 'Move 2 chats' });
  await dialog.getByRole('button', { name: 'Move' }).click();
  await expect(page.getByText('2 chats moved')).toBeVisible();
  const { items } = await (await person.fetch(`/api/v1/chats?projectId=${projectId}`)).json();
  expect(items.map(({ title }: { title: string }) => title)).toEqual(['Chat 4', 'Chat 2']);
});

test('ten thousand chats are scrolled through without a gap, and only what is in sight is drawn', async ({
  visit,
  server,
}) => {
  test.setTimeout(120_000);
  const page = await visit({ as: await ada(server, 10_000) });
  await page.goto('/chats');
  await expect(page.getByText('10,000 chats')).toBeVisible();
  await found(page).first().hover();
  const scroller = page
    .locator('main div')
    .filter({ has: page.getByRole('heading', { level: 1 }) })
    .first();
  await expect
    .poll(
      async () => {
        await scroller.evaluate((element) => {
          for (const box of [element, ...element.querySelectorAll('*')])
            if (box.scrollHeight > box.clientHeight + 10 && getComputedStyle(box).overflowY === 'auto')
              box.scrollTop = box.scrollHeight;
        });
        return page.getByRole('link', { name: 'Chat 1', exact: true }).count();
      },
      { timeout: 90_000, ...OFTEN },
    )
    .toBeGreaterThan(0);
  expect(await found(page).count()).toBeLessThan(70);
});

test('in Russian, numbers agree with their words', async ({ visit, server }) => {
  const page = await visit({ as: await ada(server, 5), locale: 'ru-RU' });
  await page.goto('/chats');
  await expect(page.getByText('5 чатов')).toBeVisible();
  await page.getByRole('checkbox').first().click();
  await page
    .getByRole('checkbox')
    .nth(1)
    .click({ modifiers: ['Shift'] });
  await page.getByRole('button', { name: 'В архив' }).click();
  await expect(page.getByText('2 чата в архиве')).toBeVisible();
  await expect(page.getByText('3 чата', { exact: true })).toBeVisible();
});

test('who comes back to all chats finds them at once', async ({ visit, server, complaints }) => {
  const ada = await signUp(server.url, { name: 'Ada' });
  await ada.fetch('/api/v1/chats', { method: 'POST', json: { title: 'Bridges' } });
  const page = await visit({ as: ada });
  await page.goto('/');
  for (const _time of ['first', 'second']) {
    await page.getByRole('link', { name: 'All chats' }).click();
    await expect(page.getByRole('checkbox', { name: 'Select “Bridges”' })).toBeVisible();
    await page.getByRole('link', { name: 'New chat' }).click();
    await expect(page.getByRole('heading', { name: 'What is on your mind?' })).toBeVisible();
  }
  expect(complaints).toEqual([]);
});
