/** Finding what was said, and doing things by their names, by keys alone. */

import type { Page } from '@playwright/test';
import { type Person, signUp } from '#test/harness/accounts.ts';
import { chat as makeChat, say, settled } from '#test/search/people.ts';
import { makeProject } from './harness/make-project.ts';
import { expect, OFTEN, type Server, test } from './harness/story.ts';

const fieldOf = (page: Page) => page.getByRole('combobox', { name: 'Search and commands' });
const optionsOf = (page: Page) => page.getByRole('option');
const linked = (page: Page) => page.locator('[data-linked]');

/** A chat in which these were said one after the other, and the ids of the messages. */
async function talk(
  server: Server,
  person: Person,
  title: string,
  texts: readonly string[],
  from: string | null = null,
) {
  const services = { db: server.database.db };
  const made = await makeChat(person, { title });
  const ids: string[] = [];
  let parent = from;
  for (const [nth, text] of texts.entries()) {
    const id = await say(services, made.id, text, { role: nth % 2 === 0 ? 'user' : 'assistant', parent });
    ids.push(id);
    parent = id;
  }
  await server.database.db.$client.query('UPDATE chats SET leaf_message_id = $2 WHERE id = $1', [
    made.id,
    parent,
  ]);
  return { id: made.id, ids };
}

test('what was said is found and gone to by keys, marked for a moment, and the address leads there again', async ({
  visit,
  server,
}) => {
  const ada = await signUp(server.url, { name: 'Ada' });
  const long = Array.from({ length: 400 }, (_, nth) =>
    nth === 11 ? 'A narwhal was seen here.' : `Line ${nth}`,
  );
  const { id, ids } = await talk(server, ada, 'Arctic notes', long);
  await settled({ db: server.database.db });
  const page = await visit({ as: ada });
  await page.goto('/');
  const composer = page.getByRole('textbox', { name: 'Message', exact: true });
  await expect(composer).toBeFocused();
  // What is typed at once goes to the search, also while its files are still fetched.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('narwhal');
  await expect(fieldOf(page)).toHaveValue('narwhal');
  await expect(page.locator('[data-composer]')).toHaveValue('');
  await expect(optionsOf(page)).toHaveCount(1);
  await expect(page.getByRole('option', { name: 'Arctic notes' }).locator('mark')).toHaveText('narwhal');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/c/${id}\\?m=${ids[11]}$`));
  await expect(linked(page)).toContainText('A narwhal was seen here.');
  await expect(linked(page)).toBeInViewport();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-message')), OFTEN)
    .toBe(ids[11]);
  await expect(linked(page)).toHaveCount(0);
  await expect(page.locator(`[data-message="${ids[11]}"]`)).toBeInViewport();
  await page.reload();
  await expect(linked(page)).toBeInViewport();
});

test('a find on another branch is turned to', async ({ visit, server }) => {
  const ada = await signUp(server.url, { name: 'Ada' });
  const { id, ids } = await talk(server, ada, 'Two ways', ['Which way?', 'The left one']);
  const other = await say({ db: server.database.db }, id, 'The right one, past the windmill', {
    role: 'assistant',
    parent: ids[0]!,
  });
  await settled({ db: server.database.db });
  const page = await visit({ as: ada });
  await page.goto(`/c/${id}`);
  await expect(page.getByText('The left one')).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('group', { name: 'Latest chats' }).getByRole('option')).toHaveCount(1);
  // Enter at once means what is found for these words, and not what is still shown from before.
  await page.keyboard.type('windmill');
  await page.keyboard.press('Enter');
  await expect(page.locator(`[data-message="${other}"]`)).toBeInViewport();
  await expect(page.getByText('The left one')).toHaveCount(0);
});

test('commands are found by their names, filters are completed, and the focus goes back', async ({
  visit,
  server,
  complaints,
}) => {
  const ada = await signUp(server.url, { name: 'Ada' });
  await talk(server, ada, 'Recipes', ['How do I bake bread?', 'With patience and yeast.']);
  await settled({ db: server.database.db });
  const page = await visit({ as: ada });
  await page.goto('/');
  const composer = page.getByRole('textbox', { name: 'Message', exact: true });
  await expect(composer).toBeFocused();
  await page.keyboard.press('Control+k');
  // The latest chats, and everything that can be done.
  await expect(page.getByRole('group', { name: 'Latest chats' }).getByRole('option')).toHaveText([/Recipes/]);
  await expect(page.getByRole('option', { name: 'New chat' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(composer).toBeFocused();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('dark');
  await expect(optionsOf(page)).toHaveText(['Theme: dark']);
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');

  await page.keyboard.press('Control+k');
  await page.keyboard.type('bread fro');
  await page.keyboard.press('Tab');
  await expect(fieldOf(page)).toHaveValue('bread from:');
  await page.keyboard.type('m');
  await page.keyboard.press('Tab');
  await expect(fieldOf(page)).toHaveValue('bread from:me ');
  await expect(optionsOf(page)).toHaveText([/How do I bake bread/]);

  await page.keyboard.press('Control+a');
  await page.keyboard.type('zebra');
  await expect(page.getByText('Nothing was found.').first()).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('colour:red');
  await expect(page.getByText('There is no filter “colour”.')).toBeVisible();

  await page.keyboard.press('Control+a');
  await page.keyboard.type('usage');
  await expect(page.getByRole('option', { name: 'Usage' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/usage$/);
  expect(complaints).toEqual([]);
});

test('values of filters are completed while they are typed, by keys alone, and finds read without marks', async ({
  visit,
  server,
  complaints,
}) => {
  const ada = await signUp(server.url, { name: 'Ada' });
  await makeProject(ada, 'Lake and river');
  await ada.fetch('/api/v1/agents', { method: 'POST', json: { name: 'Night owl' } });
  const { id } = await makeChat(ada, { title: 'Birds', tags: ['pilot', 'field notes'] });
  await say(
    { db: server.database.db },
    id,
    'The **heron** of [the lake](https://example.org/lake) is `grey`.',
  );
  await makeChat(ada, { title: 'Others', tags: ['paper'] });
  await settled({ db: server.database.db });
  const page = await visit({ as: ada });
  await page.goto('/');
  await expect(page.getByRole('textbox', { name: 'Message', exact: true })).toBeFocused();
  await page.keyboard.press('Control+k');
  const field = fieldOf(page);
  const values = page.getByRole('group', { name: 'Values' }).getByRole('option');

  await page.keyboard.type('tag:');
  await expect(values).toHaveText(['field notes', 'paper', 'pilot']);
  // A filter without a value is no fault as long as it is being typed.
  await expect(page.getByRole('dialog')).not.toContainText('needs a value');
  await page.keyboard.type('pi');
  await expect(values).toHaveText(['pilot']);
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('tag:pilot ');
  await expect(field).toBeFocused();
  await expect(optionsOf(page)).toHaveText([/Birds/]);

  await page.keyboard.press('Control+a');
  await page.keyboard.type('heron tag:"field n');
  await expect(values).toHaveText(['field notes']);
  await page.keyboard.press('Tab');
  await expect(field).toHaveValue('heron tag:"field notes" ');
  const hit = page.getByRole('option', { name: 'Birds' });
  await expect(hit).toContainText('The heron of the lake is grey.');
  await expect(hit.locator('mark')).toHaveText('heron');

  for (const [typed, name, word] of [
    ['project:river', 'Lake and river', 'project:"Lake and river" '],
    ['-agent:owl', 'Night owl', '-agent:"Night owl" '],
  ] as const) {
    await page.keyboard.press('Control+a');
    await page.keyboard.type(typed);
    await expect(values).toHaveText([name]);
    await page.keyboard.press('Tab');
    await expect(field).toHaveValue(word);
  }
  await page.keyboard.press('Control+a');
  await page.keyboard.type('model:scripted');
  await expect(values.first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  const second = await values.nth(1).textContent();
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue(`model:${second} `);
  expect(complaints).toEqual([]);
});

test('on a phone the list leads to it, and a find is opened by a tap', async ({ visit, server }) => {
  const ada = await signUp(server.url, { name: 'Ada' });
  const { ids } = await talk(server, ada, 'Кошки', ['Чем кормить кошек?', 'Рыбой.']);
  await settled({ db: server.database.db });
  const page = await visit({
    as: ada,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    locale: 'ru-RU',
  });
  await page.goto('/');
  await page.locator('header').getByRole('button').first().tap();
  await page.getByRole('button', { name: 'Поиск', exact: true }).tap();
  const field = page.getByRole('combobox', { name: 'Поиск и команды' });
  await field.fill('кошки');
  await page.getByRole('option', { name: /Чем кормить/ }).tap();
  await expect(page.locator(`[data-message="${ids[0]}"]`)).toBeInViewport();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
