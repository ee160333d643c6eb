/** A chat is shared by a link, read by who is nobody, continued as a copy, and the link withdrawn. */
import { signUp } from '#test/harness/accounts.ts';
import { scrollsSideways } from './harness/access.ts';
import { faults } from './harness/axe.ts';
import { atRest, ChatPage, expect, OFTEN, test, testAlone } from './harness/story.ts';

const REPLY = '# Plan\\n\\n1. *First*\\n\\n```js\\nlet x = 1;\\n```\\n\\n|a|b|\\n|-|-|\\n|1|2|';

test('a chat is shared, read without an account and without a cookie’s help, continued, and withdrawn', async ({
  page,
  chat,
  visit,
  server,
  complaints,
}) => {
  await chat.open();
  await chat.send(`What is the plan?\n/script reasoning=9 rate=0 text="${REPLY}"`);
  await chat.hasState('completed');
  await page.locator('header').getByRole('button', { name: 'Share…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share this chat' });
  await expect(dialog).toContainText('the title and 2 messages as they are now');
  await dialog.getByLabel('Also show what the model was thinking').check();
  await dialog.getByLabel('The link works').selectOption('for 7 days');
  await dialog.getByRole('button', { name: 'Create link' }).click();
  await expect(dialog.getByRole('button', { name: 'Copy link' })).toBeFocused();
  const link = await dialog.getByLabel('Link to the copy').inputValue();
  await page.keyboard.press('Escape');
  await chat.send('/script rate=0 text="Said later."');
  await chat.hasState('completed');

  const reader = await visit();
  const asked: string[] = [];
  reader.on('request', (request) => {
    asked.push(new URL(request.url()).pathname);
  });
  reader.on('websocket', (socket) => asked.push(socket.url()));
  await reader.goto(link);
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText('What is the plan?');
  await expect(reader.getByRole('heading', { name: 'Plan', level: 3 })).toBeVisible();
  await expect(reader.getByRole('table')).toBeVisible();
  await expect(reader.getByRole('button', { name: 'Copy', exact: true }).first()).toBeVisible();
  await expect(reader).toHaveTitle(/^What is the plan\?.* · Parley$/);
  await reader.getByRole('button', { name: 'Thoughts' }).click();
  await expect(reader.locator('body')).not.toContainText('Said later');
  // Nobody was asked for, and nothing is listened to.
  const own = asked.filter((path) => !/^\/(?:assets\/|theme\.js|favicon)/.test(path));
  expect(own).toEqual([new URL(link).pathname, `/api/v1/shares/${link.split('/').at(-1)}`]);
  expect(await reader.context().cookies()).toEqual([]);
  // Who is somebody asks for it as nobody, and names it to no one.
  const somebody = await visit({ as: await signUp(server.url) });
  const request = somebody.waitForRequest(/\/api\/v1\/shares\//);
  await somebody.goto(link);
  const headers = await (await request).allHeaders();
  expect([headers.cookie, headers.referer ?? '', headers['parley-user']]).toEqual([undefined, '', undefined]);

  for (const [width, colorScheme] of [
    [1440, 'light'],
    [768, 'dark'],
    [390, 'light'],
  ] as const) {
    await reader.setViewportSize({ width, height: 844 });
    await reader.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await atRest(reader);
    expect([width, await faults(reader)]).toEqual([width, []]);
    expect([width, await scrollsSideways(reader)]).toEqual([width, false]);
  }

  await reader.getByRole('button', { name: 'Continue as my copy' }).click();
  await expect(reader).toHaveURL(/\/c\//);
  const copy = new ChatPage(reader);
  await expect(copy.replies).toHaveCount(1);
  await copy.send('/script rate=0 text="Said in the copy."');
  await copy.hasState('completed');
  expect(await copy.words()).toBe('Said in the copy.');

  await page.locator('header').getByRole('button', { name: 'Share…' }).click();
  await expect(dialog).toContainText('4 messages as they are now');
  await expect(dialog.getByRole('listitem')).toContainText('2 messages');
  await dialog.getByRole('button', { name: /^Withdraw/ }).click();
  await expect(dialog.getByRole('listitem')).toHaveCount(0);
  await reader.goto(link);
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText('There is nothing at this link');
  expect(complaints).toEqual([]);
});

test('a long chat is read from its beginning to its end', async ({ visit, server, baseURL }) => {
  const ada = await signUp(baseURL!);
  const made = await ada.fetch('/api/v1/chats', { method: 'POST', json: { title: 'Long' } });
  const { id } = (await made.json()) as { id: string };
  await server.database.db.$client.query(
    `WITH named AS (SELECT place, gen_random_uuid() AS id FROM generate_series(1, 1000) place),
       said AS (INSERT INTO messages (id, chat_id, parent_id, role, content)
         SELECT id, $1::uuid, lag(id) OVER (ORDER BY place), CASE WHEN place % 2 = 1 THEN 'user' ELSE 'assistant' END,
           jsonb_build_array(jsonb_build_object('type', 'text', 'text', 'Message **' || place || '**'))
         FROM named ORDER BY place)
     UPDATE chats SET leaf_message_id = (SELECT id FROM named WHERE place = 1000) WHERE id = $1::uuid`,
    [id],
  );
  const shared = await ada.fetch(`/api/v1/chats/${id}/shares`, { method: 'POST', json: {} });
  const { url } = (await shared.json()) as { url: string };
  const reader = await visit();
  await reader.goto(url);
  await expect(reader.getByText('Message 2', { exact: true })).toBeVisible();
  expect(await reader.locator('[data-role]').count()).toBeLessThan(200);
  await expect
    .poll(async () => {
      await reader.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
      return reader.getByText('Message 1000', { exact: true }).count();
    }, OFTEN)
    .toBe(1);
  await expect(reader.getByText('Message 1000', { exact: true })).toBeVisible();
});

test('a link is read in Russian, and one that leads nowhere says so', async ({ visit, baseURL }) => {
  const page = await visit({ locale: 'ru' });
  await page.goto(`${baseURL}/s/nothing-here`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('По этой ссылке ничего нет');
  await page.getByRole('link', { name: 'Перейти в Parley' }).click();
  await expect(page.getByRole('textbox', { name: 'Сообщение' })).toBeVisible();
});

testAlone.describe('where guests are not wanted', () => {
  testAlone.use({ settings: { GUESTS: 'off' } });

  testAlone('who continues as a copy signs in first, and comes back to it', async ({ visit, ownServer }) => {
    const ada = await signUp(ownServer.url, { name: 'Ada' });
    const made = await ada.fetch('/api/v1/messages', {
      method: 'POST',
      json: { chat: { title: 'Tides' }, message: { content: '/script rate=0 text="Twice a day."' } },
    });
    const { chat } = (await made.json()) as { chat: { id: string } };
    const shared = await ada.fetch(`/api/v1/chats/${chat.id}/shares`, { method: 'POST', json: {} });
    const { url } = (await shared.json()) as { url: string };
    const page = await visit();
    await page.goto(url);
    await page.getByRole('button', { name: 'Continue as my copy' }).click();
    await page.getByLabel('Email').fill(ada.email);
    await page.getByLabel('Password', { exact: true }).fill(ada.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(url);
    await page.getByRole('button', { name: 'Continue as my copy' }).click();
    await expect(page).toHaveURL(/\/c\//);
    await expect(page.locator('header')).toContainText('Tides');
  });

  testAlone('an admin switches sharing off, and no link works', async ({ visit, ownServer }) => {
    const ada = await signUp(ownServer.url, { name: 'Ada' });
    const made = await ada.fetch('/api/v1/chats', { method: 'POST', json: { title: 'Tides' } });
    const { id } = (await made.json()) as { id: string };
    const shared = await ada.fetch(`/api/v1/chats/${id}/shares`, { method: 'POST', json: {} });
    const { url } = (await shared.json()) as { url: string };
    const page = await visit({ as: ada });
    await page.goto('/admin/users');
    await page.getByLabel('People can share chats by link').click();
    await expect(page.getByLabel('People can share chats by link')).not.toBeChecked();
    await page.goto(`/c/${id}`);
    await page.locator('header').getByRole('button', { name: 'Share…' }).click();
    await expect(page.getByRole('dialog')).toContainText('Sharing by link is switched off here.');
    await page.goto(url);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is nothing at this link');
  });
});
