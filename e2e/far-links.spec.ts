import type { Page } from '@playwright/test';
import { type Person, signUp } from '../test/harness/accounts.ts';
import { expect, type Server, test } from './harness/story.ts';

const LENGTH = 10_000;
const idOf = (chat: string, nth: number) => `${chat.slice(0, 24)}${String(nth).padStart(12, '0')}`;
const message = (page: Page, id: string) => page.locator(`[data-message="${id}"]`);
/** In order, by the numbers that the messages say. */
const drawn = (page: Page) =>
  page
    .locator('[data-message]')
    .evaluateAll((all) => all.map((one) => Number(one.getAttribute('data-message')!.slice(24))));
const isUnbroken = (numbers: number[]) =>
  numbers.every((number, at) => at === 0 || number === numbers[at - 1]! + 1);

/** A chat whose messages say their numbers, with a side branch below the first one that ends in number 0. */
async function longChat(server: Server, person: Person): Promise<string> {
  const made = await person.fetch('/api/v1/chats', { method: 'POST', json: { title: 'Long' } });
  const { id } = (await made.json()) as { id: string };
  await server.database.db.$client.query(
    `INSERT INTO messages (id, chat_id, parent_id, role, content)
     SELECT (left($1::text, 24) || lpad(n::text, 12, '0'))::uuid, $1::uuid,
            CASE WHEN n > 1 THEN (left($1::text, 24) || lpad((n - 1)::text, 12, '0'))::uuid WHEN n = 0 THEN (left($1::text, 24) || lpad('1', 12, '0'))::uuid END,
            CASE WHEN n % 2 = 1 THEN 'user' ELSE 'assistant' END,
            jsonb_build_array(jsonb_build_object('type', 'text', 'text', 'This is number ' || n || E'.\\n\\n' || repeat('Some more words. ', 20)))
       FROM generate_series(0, $2::int) n ORDER BY CASE WHEN n = 0 THEN $2::int + 1 ELSE n END`,
    [id, LENGTH],
  );
  await server.database.db.$client.query('UPDATE chats SET leaf_message_id = $2 WHERE id = $1', [
    id,
    idOf(id, LENGTH),
  ]);
  return id;
}

test('a link to the beginning of a very long chat opens there alone, and what is between comes as one reads on', async ({
  visit,
  server,
}) => {
  test.setTimeout(120_000);
  const ada = await signUp(server.url, { name: 'Ada' });
  const id = await longChat(server, ada);
  const page = await visit({ as: ada });
  await page.goto(`/c/${id}?m=${idOf(id, 100)}`);
  await expect(page.locator('[data-linked]')).toContainText('This is number 100.');
  await expect(message(page, idOf(id, 100))).toBeInViewport();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-message')))
    .toBe(idOf(id, 100));
  expect((await drawn(page)).length).toBeLessThan(200);
  await expect(page.getByRole('button', { name: 'Show what stands between' })).toHaveCount(1);

  // Reading on downwards nothing is left out.
  const scroller = page.getByTestId('messages');
  await scroller.hover();
  await expect(async () => {
    await page.mouse.wheel(0, 700);
    await expect(message(page, idOf(id, 180))).toBeInViewport({ timeout: 150 });
  }).toPass({ timeout: 60_000 });
  const numbers = await drawn(page);
  expect(isUnbroken(numbers.filter((number) => number < 5000))).toBe(true);
  expect(numbers.at(-1)).toBe(LENGTH);

  // Reading up from the end it comes from below, and what one reads stays where it is.
  await page.getByRole('button', { name: 'Jump to the end' }).click();
  await expect(message(page, idOf(id, LENGTH))).toBeInViewport();
  await scroller.hover();
  await expect(async () => {
    await page.mouse.wheel(0, -700);
    await expect(message(page, idOf(id, LENGTH - 120))).toBeInViewport({ timeout: 150 });
  }).toPass({ timeout: 60_000 });
  const low = (await drawn(page)).filter((number) => number > 5000);
  expect(isUnbroken(low)).toBe(true);
  expect((await drawn(page)).length).toBeLessThan(700);
});

test('a far link survives what changes the chat, and leads to another branch and back', async ({
  visit,
  server,
}) => {
  test.setTimeout(120_000);
  const ada = await signUp(server.url, { name: 'Ada' });
  const id = await longChat(server, ada);
  const page = await visit({ as: ada });
  await page.goto(`/c/${id}?m=${idOf(id, 100)}`);
  await expect(message(page, idOf(id, 100))).toBeInViewport();
  // The branch is read again when another page deletes a message of its end: the window stays.
  const gone = idOf(id, LENGTH - 3);
  await ada.fetch(`/api/v1/messages/${gone}`, { method: 'DELETE' });
  await expect(message(page, gone)).toHaveCount(0);
  await expect(message(page, idOf(id, 100))).toBeInViewport();

  // Number 0 is on a branch of its own: the chat turns there, and the window with it.
  await page.goto(`/c/${id}?m=${idOf(id, 0)}`);
  await expect(message(page, idOf(id, 0))).toBeInViewport();
  expect(await drawn(page)).toEqual([1, 0]);
  await page.goto(`/c/${id}?m=${idOf(id, 5000)}`);
  await expect(message(page, idOf(id, 5000))).toBeInViewport();
  expect((await drawn(page)).length).toBeLessThan(200);
  await page.goBack();
  await expect(message(page, idOf(id, 0))).toBeInViewport();
  await page.goForward();
  await expect(message(page, idOf(id, 5000))).toBeInViewport();

  // What is not there is told in words.
  await page.goto(`/c/${id}?m=${gone}`);
  await expect(page.getByText('The message that this link leads to is not there any more.')).toBeVisible();
});
