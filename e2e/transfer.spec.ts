import { readFile } from 'node:fs/promises';
import { signUp } from '#test/harness/accounts.ts';
import { CHATGPT, SHAREGPT } from '../test/transfer/fixtures/foreign.ts';
import { ATTACKS, planted, watch } from './harness/attacks.ts';
import { makeProject } from './harness/make-project.ts';
import { expect, test } from './harness/story.ts';

const fileOf = (name: string, content: unknown) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
});

test('somebody brings their chats along from ChatGPT: looks first, brings them in, and reads on', async ({
  page,
  chat,
}) => {
  await chat.open();
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Import and export' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Import and export' })).toBeVisible();
  const choose = page.locator('input[type=file]');

  // What is no export is told in words, and leads back.
  await choose.setInputFiles(fileOf('notes.txt', 'Dear diary'));
  await expect(page.getByRole('alert')).toContainText('it begins with “Dear diary”');
  await page.getByRole('button', { name: 'Choose other files' }).click();

  const broken = { conversations: [{ from: 'wizard', value: 'Abracadabra' }] };
  await choose.setInputFiles([
    fileOf('conversations.json', CHATGPT),
    fileOf('set.json', [SHAREGPT[0], broken]),
  ]);
  const main = page.getByRole('main');
  await expect(main.getByText('2 chats new · 6 messages')).toBeVisible();
  await expect(main.getByText('1 chat cannot come in')).toBeVisible();
  await expect(main.getByText('set.json, number 2')).toBeVisible();
  // Nothing is kept yet.
  await expect(chat.list.getByRole('link', { name: 'Rivers' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Bring in 2 chats' }).click();
  await expect(main.getByText('2 chats added · 6 messages')).toBeVisible();
  // The list hears of it by itself.
  await chat.list.getByRole('link', { name: 'Rivers' }).click();
  await expect(page.getByText('It is 3,531 km.')).toBeVisible();
  await expect(page.getByText('gpt-4o')).toBeVisible();

  // A second time there is nothing to bring in.
  await page.goto('/import');
  await choose.setInputFiles(fileOf('conversations.json', CHATGPT));
  await expect(main.getByText('1 chat here already')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Bring in \d/ })).toHaveCount(0);
});

test('a chat goes out by its menu, and all of them by the page', async ({ page, chat }) => {
  await chat.open();
  await chat.send('What is kept?\n/script text="All of it." rate=0');
  await chat.hasState('completed');
  await page.locator('header').getByRole('button', { name: 'Chat actions' }).click();
  await page.getByRole('menuitem', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export chat' });
  const download = async (name: string) => {
    await dialog.getByText(name, { exact: true }).click();
    const coming = page.waitForEvent('download');
    await dialog.getByRole('link', { name: 'Download' }).click();
    return coming;
  };
  const page1 = await download('Web page');
  expect(page1.suggestedFilename()).toMatch(/^What is kept.*\.html$/);
  const html = await readFile(await page1.path(), 'utf8');
  expect(html).toContain('All of it.');
  await expect(dialog).toHaveCount(0);

  // Opened as a file it has the chat (in the fonts of its reader, which a test may not have), and asks nobody for anything.
  const asked: string[] = [];
  const reader = await page.context().newPage();
  reader.on('request', (request) => void asked.push(request.url()));
  await reader.setContent(html);
  await expect(reader.getByText('All of it.', { exact: true })).toHaveCount(1);
  expect(asked).toEqual([]);
  await reader.close();

  await page.goto('/import');
  await page.getByText('One file', { exact: true }).click();
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download' }).click();
  const all = await coming;
  expect(all.suggestedFilename()).toMatch(/^parley-chats-.*\.jsonl$/);
  expect(JSON.parse(await readFile(await all.path(), 'utf8'))).toMatchObject({ schema: 'parley.chat/1' });
});

test('what is selected goes out, all that match, and the chats of a project from its page', async ({
  visit,
  server,
  complaints,
}) => {
  const ada = await signUp(server.url, { name: 'Ada' });
  const projectId = await makeProject(ada, 'Bridges');
  const make = (chat: object) => ada.fetch('/api/v1/chats', { method: 'POST', json: chat });
  for (const title of ['One', 'Two', 'Three']) await make({ title, tags: ['pilot'] });
  await make({ title: 'Four', projectId });
  const page = await visit({ as: ada });
  const dialog = page.getByRole('dialog');
  /** The titles in the file that the dialog hands over. */
  const takenOut = async (role: 'button' | 'link') => {
    await dialog.getByText('One file', { exact: true }).click();
    const coming = page.waitForEvent('download');
    await dialog.getByRole(role, { name: 'Download' }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toMatch(/^parley-chats-.*\.jsonl$/);
    await expect(dialog).toHaveCount(0);
    const lines = (await readFile(await file.path(), 'utf8')).trim().split('\n');
    return lines.map((line) => (JSON.parse(line) as { title: string }).title);
  };
  const bar = page.getByRole('region', { name: 'Selected chats' });

  await page.goto('/chats');
  for (const title of ['Three', 'One'])
    await page.getByRole('checkbox', { name: `Select “${title}”` }).check();
  await bar.getByRole('button', { name: 'Export' }).click();
  await expect(dialog.getByRole('heading', { name: 'Export 2 chats' })).toBeVisible();
  // A refusal is said in its place, and what was chosen is not lost.
  await page.route('**/api/v1/chats/export', (route) => route.abort(), { times: 1 });
  await dialog.getByRole('button', { name: 'Download' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  expect(await takenOut('button')).toEqual(['One', 'Three']);
  await expect(bar).toContainText('2 selected');

  await page.goto('/chats?tag=pilot');
  await page.getByRole('checkbox').first().focus();
  await page.keyboard.press('Control+a');
  await bar.getByRole('button', { name: 'Export' }).click();
  expect(await takenOut('link')).toEqual(['One', 'Two', 'Three']);

  await page.goto(`/projects/${projectId}`);
  await page.getByRole('button', { name: 'Export all' }).click();
  expect(await takenOut('link')).toEqual(['Four']);
  expect(complaints).toEqual([]);
});

test('the page of a hostile chat runs nothing and asks for nothing, whatever its policy says', async ({
  page,
  chat,
}) => {
  await chat.open();
  await chat.send(`${ATTACKS.join('\n')}\n/script rate=0 text=${JSON.stringify(ATTACKS.join('\n\n'))}`);
  await chat.hasState('completed');
  const answer = await page.request.get(`/api/v1/chats/${chat.chatId}/export?format=html`);
  const html = await answer.text();
  const reader = await page.context().newPage();
  const seen = await watch(reader);
  // As it is, and as it would be without its policy: its text alone must be harmless.
  for (const text of [html, html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')]) {
    await reader.route('http://localhost/export.html', (route) =>
      route.fulfill({ contentType: 'text/html', body: text }),
    );
    await reader.goto('http://localhost/export.html');
    await expect(reader.locator('section')).toHaveCount(2);
    expect(await planted(reader)).toBe(0);
    expect(seen).toEqual([]);
    // A picture is there as a link, which nothing follows by itself.
    await expect(reader.locator('a[href="https://evil.test/?secret"]')).toHaveText('out');
    await reader.unroute('http://localhost/export.html');
  }
  await reader.close();
});
