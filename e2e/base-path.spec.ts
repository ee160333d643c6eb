import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, testAlone as test } from './harness/story.ts';

/** A port that nobody listens on just now; the address with its path has to be known before the start. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test.use({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameters
  settings: async ({}, use) => {
    const port = String(await freePort());
    await use({ PORT: port, BASE_URL: `http://127.0.0.1:${port}/tools/parley` });
  },
});

test('under a path of its own, the page finds its files, its API, its live line and its addresses', async ({
  page,
  chat,
  settings,
}) => {
  const home = settings.BASE_URL!;
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(`${home}/`) && !request.url().startsWith('data:'))
      elsewhere.push(request.url());
  });
  page.on('websocket', (socket) => {
    if (!socket.url().startsWith(`${home.replace('http', 'ws')}/`)) elsewhere.push(socket.url());
  });
  await chat.open(`${home}/`);
  await chat.send('Under a path\n/script tokens=60 rate=60');
  await expect(page).toHaveURL(new RegExp(`^${home}/c/`));
  await chat.hasState('completed');
  await page.reload();
  await chat.hasState('completed');
  const shared = await page.request.post(`${home}/api/v1/chats/${chat.chatId}/shares`, { data: {} });
  const { url } = (await shared.json()) as { url: string };
  expect(url).toMatch(new RegExp(`^${home}/s/[\\w-]{43}$`));
  await page.goto(url);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Under a path');
  await page.goBack();
  await chat.hasState('completed');
  const blocks = '```html\n<h1>Below</h1>\n```\n\n```mermaid\nflowchart LR\n  A --> B\n```\n\n$x^2$';
  await chat.send(`/script rate=0 text=${JSON.stringify(blocks)}`);
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  await expect(page.frameLocator('aside iframe').getByRole('heading', { name: 'Below' })).toBeVisible();
  await expect(chat.reply.locator('.katex')).toBeVisible();
  await expect(chat.reply.getByRole('button', { name: 'Enlarge the diagram' })).toBeVisible();
  await page.getByRole('link', { name: 'New chat' }).first().click();
  await expect(page).toHaveURL(`${home}/`);
  await page.goto(`${home}/no/such/page`);
  await page.getByRole('link', { name: 'Start a new chat' }).click();
  await expect(page).toHaveURL(`${home}/`);
  await page.locator('header').hover();
  await chat.list.getByRole('link', { name: 'Under a path' }).click();
  await page.locator('header').getByRole('button', { name: 'Chat actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page).toHaveURL(`${home}/`);
  expect(elsewhere).toEqual([]);
});
