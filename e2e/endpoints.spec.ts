import { signUp } from '#test/harness/accounts.ts';
import { startUpstream } from '#test/upstream/start-upstream.ts';
import { ChatPage, expect, testAlone as test } from './harness/story.ts';

test('an admin adds a server by half its address, tests it in the form and makes its model the default; odd replies say so', async ({
  visit,
  ownServer,
}) => {
  test.setTimeout(120_000);
  const upstream = await startUpstream({ models: ['one', 'two', 'three', 'four'] });
  try {
    const page = await visit({ as: await signUp(ownServer.url, { name: 'Ada' }) });
    await page.goto('/admin/endpoints');
    await expect(page.getByRole('listitem').filter({ hasText: 'scripted' })).toContainText(
      'Built-in demo model',
    );
    await page.getByRole('button', { name: 'Add an endpoint' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Start from').selectOption('Other');
    await form.getByLabel('Name', { exact: true }).fill('mine');
    await form.getByLabel('Base URL').fill('http://127.0.0.1:1');
    await form.getByRole('button', { name: 'Test' }).click();
    await expect(form.getByRole('status')).toContainText('Nothing answers at the model server’s address');
    await form.getByLabel('Base URL').fill(new URL(upstream.url).origin);
    await expect(form.getByRole('status')).toBeEmpty();
    await form.getByRole('button', { name: 'Test' }).click();
    await expect(form.getByRole('status')).toHaveText(
      'Its models are at this address, so it was corrected. It answers, with 4 models: one, two, three and 1 more',
    );
    await expect(form.getByLabel('Base URL')).toHaveValue(upstream.url);
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    const card = page.getByRole('listitem').filter({ hasText: 'mine' });
    await expect(card).toContainText(`${upstream.url} · Added by an admin`);

    const choice = page.getByLabel('Default model');
    await expect(choice.getByRole('option', { selected: true })).toHaveText('Let Parley choose (now one)');
    await choice.selectOption('two');
    await expect(page.getByText('The default model has changed.')).toBeVisible();

    const chat = new ChatPage(page);
    await chat.open();
    await expect(page.getByRole('button', { name: 'Model: two' })).toBeVisible();
    upstream.behave({ pieces: ['Half of it'], finishReason: 'length' });
    await chat.send('Tell me all of it');
    await expect(chat.reply).toContainText('The reply reached its length limit and stops here.');
    upstream.behave({ pieces: [', and the rest.'] });
    await chat.reply.getByRole('button', { name: 'Continue' }).click();
    await expect(chat.reply).toContainText('Half of it, and the rest.');
    await expect(chat.reply).not.toContainText('length limit');

    upstream.behave({ pieces: [] });
    await chat.send('And now?');
    await expect(chat.reply).toContainText('The model answered with nothing.');
    await page.reload();
    await expect(chat.reply).toContainText('The model answered with nothing.');
    upstream.behave({ pieces: ['Something.'] });
    await chat.reply.getByRole('button', { name: 'Answer again' }).click();
    await expect(chat.reply).toContainText('Something.');
  } finally {
    await upstream.close();
  }
});
