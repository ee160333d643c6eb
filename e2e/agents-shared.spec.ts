/** Agents that are not one's own alone: of projects, of everybody; and those of a guest. */
import { guest, signUp } from '#test/harness/accounts.ts';
import { makeAgent, post } from './harness/make-agent.ts';
import { makeProject } from './harness/make-project.ts';
import { atRest, expect, test, testAlone } from './harness/story.ts';

const QUICK = '/script rate=0 text="Done."';

test('two people in a project see each other’s agents; a viewer reads them, and has none of their own answer there', async ({
  visit,
  server,
}) => {
  const [ada, bob] = [await signUp(server.url, { name: 'Ada' }), await signUp(server.url, { name: 'Bob' })];
  const projectId = await makeProject(ada, 'Bridges', [[bob, 'viewer']]);
  await makeAgent(ada, 'Ada’s own');
  const page = await visit({ as: bob });
  await page.goto(`/projects/${projectId}/agents`);
  await expect(page.getByText('Editors of this project can add agents')).toBeVisible();
  await expect(page.getByRole('link', { name: 'New agent' })).toHaveCount(0);
  const agentId = await makeAgent(ada, 'Calculator', { scope: 'project', projectId, instructions: 'Count.' });
  await page.getByRole('link', { name: 'Calculator', exact: true }).click();
  await expect(page.getByText('You can use it; editors of the project change it')).toBeVisible();
  await expect(page.getByText('Count.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Instructions' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /Archive|Save/ })).toHaveCount(0);
  await ada.fetch(`/api/v1/agents/${agentId}`, { method: 'PATCH', json: { instructions: 'Count twice.' } });
  await expect(page.getByText('Count twice.')).toBeVisible();
  await page.getByRole('link', { name: 'Chat with Calculator' }).click();
  await expect(page.getByRole('button', { name: 'Agent: Calculator' })).toBeVisible();

  // In a shared chat answers who everybody there can use: Ada's own agent is not offered.
  const mine = await visit({ as: ada });
  await mine.goto(`/?project=${projectId}`);
  await expect(mine.getByRole('list', { name: 'Agents' }).getByRole('button')).toHaveText([/Calculator/]);
  await mine.goto('/');
  await expect(mine.getByRole('list', { name: 'Agents' }).getByRole('button')).toHaveCount(2);
});

test('an agent that cannot be read any more is called so in words', async ({ visit, server }) => {
  const [ada, bob] = [await signUp(server.url, { name: 'Ada' }), await signUp(server.url, { name: 'Bob' })];
  const projectId = await makeProject(ada, 'Bridges', [[bob, 'editor']]);
  const agentId = await makeAgent(ada, 'Calculator', { scope: 'project', projectId });
  const { chat } = await post(bob, '/api/v1/messages', {
    chat: { agentId },
    message: { content: QUICK },
  });
  await ada.fetch(`/api/v1/projects/${projectId}/members/${bob.userId}`, { method: 'DELETE' });
  const page = await visit({ as: bob });
  await page.goto(`/c/${chat.id}`);
  await expect(page.locator('[data-agent]')).toHaveText('an agent not shared with you');
  await expect(page.getByText('The agent of this chat is not shared with you.')).toBeVisible();
});

test('the cards come into the room that is kept for them: nothing on the first page moves', async ({
  visit,
  server,
}) => {
  const ada = await signUp(server.url, { name: 'Ada' });
  for (const name of ['Poet', 'Critic', 'Tutor', 'Cook']) await makeAgent(ada, name);
  for (const width of [1440, 390]) {
    const page = await visit({ as: ada, viewport: { width, height: 844 } });
    const cards = page.getByRole('list', { name: 'Agents' }).getByRole('button');
    await page.goto('/');
    await expect(cards).toHaveCount(4);
    await page.addInitScript(() => {
      const seen = { shift: 0 };
      Object.assign(window, { seen });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.shift += (entry as never as { value: number }).value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.reload();
    await expect(cards).toHaveCount(4);
    await atRest(page);
    const shift = await page.evaluate(() => (window as never as { seen: { shift: number } }).seen.shift);
    // Letters that take their own font move by less than this, and the greeting without its room by more.
    expect([width, shift < 0.01 ? 0 : shift]).toEqual([width, 0]);
  }
});

test('a guest has agents of their own, in Russian and on a phone', async ({ visit, server }) => {
  const page = await visit({
    as: await guest(server.url),
    locale: 'ru-RU',
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await page.goto('/agents/new');
  await page.getByRole('textbox', { name: 'Имя' }).fill('Поэт');
  await page.getByRole('button', { name: 'Создать агента' }).click();
  await expect(page.getByText('Только ваш')).toBeVisible();
  await page.getByRole('link', { name: 'Начать чат: Поэт' }).click();
  const card = page.getByRole('list', { name: 'Агенты' }).getByRole('button', { name: 'Поэт' });
  await expect(card).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(/\/$/);
  const composer = page.locator('[data-composer]');
  await composer.fill('@по');
  await page.getByRole('option', { name: 'Поэт' }).tap();
  await expect(page.getByText('Поэт ответит на это сообщение')).toBeVisible();
});

testAlone('what is everybody’s is made by admins, and used by all', async ({ visit, ownServer }) => {
  const page = await visit({ as: await signUp(ownServer.url, { name: 'Ada' }) });
  await page.goto('/agents/new');
  await page.getByRole('textbox', { name: 'Name' }).fill('Translator');
  await page.getByRole('radio', { name: 'Everybody’s' }).check({ force: true });
  await page.getByRole('button', { name: 'Create agent' }).click();
  await expect(page.getByText('Everybody’s')).toBeVisible();
  const bob = await visit({ as: await signUp(ownServer.url, { name: 'Bob' }) });
  await bob.goto('/agents');
  await bob.getByRole('radio', { name: 'Everybody’s' }).check({ force: true });
  await bob.getByRole('link', { name: 'Translator', exact: true }).click();
  await expect(bob.getByText('You can use it; admins change it')).toBeVisible();
});
