import type { Page } from '@playwright/test';
import { browserCookies, type Person, signIn, signUp } from '#test/harness/accounts.ts';
import { ChatPage, expect, test } from './harness/story.ts';

/** The texts that the server has, of anybody. */
type Server = {
  database: { db: { $client: { query: (text: string) => Promise<{ rows: { text: string }[] }> } } };
};
const said = async ({ database }: Server): Promise<string> =>
  (await database.db.$client.query('SELECT content::text AS text FROM messages')).rows
    .map(({ text }) => text)
    .join();

async function fillIn(page: Page, { email, password }: Person): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Ends all sessions of somebody, from another browser of theirs. */
async function endElsewhere(url: string, person: Person): Promise<void> {
  const elsewhere = await signIn(url, person);
  await elsewhere.fetch('/api/auth/revoke-sessions', { method: 'POST', json: {} });
}

test('of two people at one browser, neither sees nor sends what the other has not sent; it waits for its owner', async ({
  server,
  visit,
}) => {
  test.setTimeout(120_000);
  const ada = await signUp(server.url, { name: 'Ada' });
  const ben = await signUp(server.url, { name: 'Ben' });
  const page = await visit({ as: ada });
  const chat = new ChatPage(page);
  await chat.open();
  await chat.send('Of Ada, with a draft\n/script text="Yes." rate=0');
  await chat.hasState('completed');
  await chat.composer.fill('a draft of Ada');
  await page.goto('/');
  await chat.send('Of Ada, with a text that waits\n/script tokens=4000 rate=30');
  await chat.hasWritten(10);
  await chat.composer.fill('Held by Ada');
  await chat.composer.press('Enter');
  await expect(page.getByRole('region', { name: 'Will be sent after this reply' })).toBeVisible();
  await page.getByRole('link', { name: 'New chat' }).first().click();
  await endElsewhere(server.url, ada);
  await chat.composer.fill('Unsent by Ada\n/script text="Yes." rate=0');
  await chat.composer.press('Enter');

  await expect(page.getByText('You have been signed out.')).toBeVisible();
  await fillIn(page, ben);
  await expect(page.getByRole('button', { name: 'Account: Ben' })).toBeVisible();
  await expect(page).toHaveURL(/\/$/);
  const tab = new ChatPage(await page.context().newPage());
  await tab.open();
  for (const { composer, page: shown } of [chat, tab]) {
    await expect(composer).toHaveValue('');
    await expect(shown.getByText('Ada')).toHaveCount(0);
  }
  await chat.send('Of Ben\n/script text="Hello Ben." rate=0');
  await chat.hasState('completed');
  const texts = await said(server as unknown as Server);
  expect(texts).toContain('Of Ben');
  expect(texts).not.toMatch(/Unsent by Ada|Held by Ada|a draft of Ada/);

  // Ben leaves, Ada comes back: all of it is there, and what was to be sent is.
  await page.getByRole('button', { name: 'Account: Ben' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await fillIn(page, ada);
  await chat.list.getByRole('link', { name: 'Unsent by Ada' }).click();
  await chat.hasState('completed');
  await chat.list.getByRole('link', { name: 'Of Ada, with a draft' }).click();
  await expect(chat.composer).toHaveValue('a draft of Ada');
  await chat.list.getByRole('link', { name: 'Of Ada, with a text that waits' }).click();
  await expect(page.getByRole('region', { name: 'Will be sent after this reply' })).toContainText(
    'Held by Ada',
  );
  await expect(page.getByText('Of Ben')).toHaveCount(0);
});

test('a tab that is open while somebody else signs in becomes theirs, and sends nothing as them', async ({
  server,
  visit,
}) => {
  const [ada, ben] = [await signUp(server.url, { name: 'Ada' }), await signUp(server.url, { name: 'Ben' })];
  const page = await visit({ as: ada });
  const chat = new ChatPage(page);
  await chat.open();
  await chat.composer.fill('typed by Ada');
  const other = await page.context().newPage();
  await other.goto('/sign-in');
  await fillIn(other, ben);
  await expect(page.getByRole('button', { name: 'Account: Ben' })).toBeVisible();
  await expect(chat.composer).toHaveValue('');

  // The cookie has changed under a tab that has not heard of it.
  await chat.composer.fill('typed by Ben\n/script text="Yes." rate=0');
  await page.context().addCookies(browserCookies(ada, server.url));
  await chat.composer.press('Enter');
  await expect(page.getByRole('button', { name: 'Account: Ada' })).toBeVisible();
  await expect(chat.composer).toHaveValue('typed by Ada');
  await expect(page.getByText('typed by Ben')).toHaveCount(0);
  expect(await said(server as unknown as Server)).not.toMatch(/typed by/);
  await page.context().addCookies(browserCookies(await signIn(server.url, ben), server.url));
  await page.reload();
  await chat.list.getByRole('link', { name: 'typed by Ben' }).click();
  await chat.hasState('completed');

  // Nor does it hear of anything that is another's, over a line that is opened anew.
  await page.context().addCookies(browserCookies(ada, server.url));
  await page.context().setOffline(true);
  await page.context().setOffline(false);
  await expect(page.getByRole('button', { name: 'Account: Ada' })).toBeVisible();
});

test('a guest who signs in to an account keeps what they have not sent', async ({ server, page, chat }) => {
  const ada = await signUp(server.url, { name: 'Ada' });
  await chat.open();
  await chat.composer.fill('begun as a guest');
  await page.goto('/sign-in');
  await fillIn(page, ada);
  await expect(page.getByRole('button', { name: 'Account: Ada' })).toBeVisible();
  await expect(chat.composer).toHaveValue('begun as a guest');
});

test('what an earlier version kept is given to whose chat it was written in, and to nobody else', async ({
  server,
  visit,
}) => {
  const ada = await signUp(server.url);
  const [chatId, strangers] = [crypto.randomUUID(), crypto.randomUUID()];
  await ada.fetch('/api/v1/chats', { method: 'POST', json: { id: chatId, title: 'Old' } });
  const page = await visit({ as: ada });
  await page.addInitScript(
    ([own, foreign]) => {
      if (localStorage.length > 0) return;
      localStorage.setItem(`parley.draft.${own}`, 'mine');
      localStorage.setItem('parley.draft.new', 'whose?');
      localStorage.setItem(
        'parley.outbox.1',
        JSON.stringify({ id: '1', chatId: foreign, newChat: true, text: 'whose?', failure: null }),
      );
    },
    [chatId, strangers] as const,
  );
  const chat = new ChatPage(page);
  await chat.open();
  await expect(chat.composer).toHaveValue('');
  await chat.list.getByRole('link', { name: 'Old' }).click();
  await expect(chat.composer).toHaveValue('mine');
  await expect(page.getByText('whose?')).toHaveCount(0);
});
