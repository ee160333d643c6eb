import { signUp } from '#test/harness/accounts.ts';
import { addUpstream } from '#test/harness/upstream-endpoint.ts';
import { startUpstream } from '#test/upstream/start-upstream.ts';
import { ChatPage, expect, testAlone as test } from './harness/story.ts';

test('an admin finds where titles are made, picks a model, and a new chat is named by it as one looks on', async ({
  visit,
  ownServer,
}) => {
  test.setTimeout(120_000);
  const upstream = await startUpstream({ models: ['answers', 'names'] });
  try {
    upstream.behave(({ model }) =>
      model === 'names' ? { pieces: ['**Title:** “Light in the air”'], ttft: 300 } : { pieces: ['Because.'] },
    );
    const ada = await signUp(ownServer.url, { name: 'Ada' });
    await addUpstream(ada, upstream);
    const page = await visit({ as: ada });
    await page.goto('/settings');
    await page.getByRole('searchbox', { name: 'Search settings' }).fill('title');
    await page.getByRole('link', { name: 'Titles of chats' }).click();
    const choice = page.getByLabel('Model that makes titles');
    await expect(choice.getByRole('option', { selected: true })).toHaveText('None: the first words stay');
    await choice.selectOption('names');
    await expect(page.getByText('Saved.')).toBeVisible();

    const chat = new ChatPage(page);
    await chat.open();
    await page.getByRole('button', { name: /^Model: / }).click();
    await page.getByRole('option', { name: /answers/ }).click();
    await chat.send('Why is the sky blue');
    await expect(chat.reply).toContainText('Because.');
    // In the list and in the head of the chat, and nothing but its name has changed.
    await expect(page.getByText('Light in the air')).toHaveCount(2);
    await expect(page).toHaveTitle(/Light in the air/);
    await expect(page.getByText('Because.')).toHaveCount(1);
  } finally {
    await upstream.close();
  }
});
