/** What goes wrong is told to who reads Russian in Russian: names aside, no English sentence is left on the page. */
import type { Page } from '@playwright/test';
import { signUp } from '#test/harness/accounts.ts';
import { addUpstream } from '#test/harness/upstream-endpoint.ts';
import { startUpstream } from '#test/upstream/start-upstream.ts';
import { expect, testAlone as test } from './harness/story.ts';

const ENGLISH_SENTENCE = /[a-z]{2,}(?:[ ,’'-]+[a-z]{2,}){2,}/i;

/** Writes into the composer and sends it. */
async function say(page: Page, text: string): Promise<void> {
  await page.locator('[data-composer]').fill(text);
  await page.locator('[data-composer]').press('Enter');
}

/** What stands in the middle of the page, without the quotations in it, which are somebody else's words. */
async function expectRussian(page: Page): Promise<void> {
  // biome-ignore lint/performance/useDomNodeTextContent: between blocks there must be a break
  const shown = await page.locator('main').innerText();
  // Names are as they are: in quotes, or of models, each on a line of its own.
  expect(shown.replace(/«[^»]*»|^[a-z\d-]+$/gm, '')).not.toMatch(ENGLISH_SENTENCE);
}

test('a failed reply, a pause, a full line and a limit are told in Russian, and only what can help is offered', async ({
  visit,
  ownServer,
}) => {
  test.setTimeout(180_000);
  const { $client } = ownServer.database.db;
  const upstream = await startUpstream();
  try {
    const ada = await signUp(ownServer.url, { name: 'Ада' });
    const bob = await signUp(ownServer.url, { name: 'Боб' });
    await addUpstream(ada, upstream);
    const page = await visit({ as: bob, locale: 'ru-RU' });
    await page.goto('/');
    const reply = page.locator('[data-role="assistant"]').last();
    const own = page.locator('[data-role="user"]').last();

    // It fails for good: said once, and not offered again to who cannot change it.
    const said = {
      status: 401,
      errorBody: { error: { message: 'Incorrect API key provided, dear people' } },
    };
    upstream.behave(said);
    await say(page, 'Привет');
    await expect(reply).toContainText(
      'Сервер моделей не принял ключ Parley (401). Другой ключ может задать администратор.',
    );
    await expect(reply.getByRole('button', { name: 'Другая модель', exact: true })).toBeVisible();
    await expect(reply.getByRole('button', { name: 'Повторить' })).toBeHidden();
    expect((await reply.textContent())!.match(/ключ/g)).toHaveLength(2);
    await expectRussian(page);

    // It is paused, which is not the same as being away.
    upstream.behave({ tokens: 3 });
    await $client.query('UPDATE endpoints SET paused_at = now()');
    await say(page, 'И снова');
    await expect(reply).toContainText('Администратор поставил эту модель на паузу.');
    await expect(reply).not.toContainText('не отвечает');
    await expectRussian(page);
    await $client.query('UPDATE endpoints SET paused_at = NULL, max_queued = 0');
    const endpoint = await $client.query(`SELECT id FROM endpoints WHERE name = 'upstream'`);
    await ada.fetch(`/api/v1/admin/endpoints/${endpoint.rows[0].id}/resume`, { method: 'POST' });
    await expect(reply).toHaveAttribute('data-state', 'completed');

    await $client.query('UPDATE endpoints SET paused_at = now()');
    await say(page, 'Очередь');
    await expect(own).toContainText('Очередь к «upstream» заполнена: ждёт 0 ответов.');
    await expect(own.getByRole('button', { name: 'Повторить' })).toBeVisible();
    await expectRussian(page);
    await own.getByRole('button', { name: 'Забрать' }).click();

    // A limit of a day: until tomorrow nothing but waiting helps.
    await $client.query('UPDATE endpoints SET paused_at = NULL, max_queued = 100');
    await $client.query('UPDATE users SET tokens_per_day = 1 WHERE id = $1', [bob.userId]);
    await say(page, 'Ещё');
    await expect(own).toContainText(
      /Вы израсходовали свой 1 токен на 24 часа\. Попробуйте завтра в \d+:\d\d\./,
    );
    await expect(own.getByRole('button', { name: 'Забрать' })).toBeVisible();
    await expect(own.getByRole('button', { name: 'Повторить' })).toBeHidden();
    await expectRussian(page);

    // The admin reads why, and what the server said itself.
    const admins = await visit({ as: ada, locale: 'ru-RU' });
    await admins.goto('/admin/endpoints');
    const card = admins.getByRole('listitem').filter({ hasText: 'upstream' });
    await expect(card).toContainText('Сервер моделей не принял ключ Parley (401).');
    await expect(card).toContainText('Сервер сказал: «Incorrect API key provided, dear people»');
    await expectRussian(admins);
  } finally {
    await upstream.close();
  }
});
