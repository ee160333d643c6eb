import { signUp } from '#test/harness/accounts.ts';
import { ATTACKS, planted, watch } from './harness/attacks.ts';
import { atRest, ChatPage, expect, test } from './harness/story.ts';

test('what members call and tell one another in projects and agents runs nowhere', async ({
  visit,
  server,
}) => {
  test.setTimeout(120_000);
  const [ada, bob] = [await signUp(server.url, { name: ATTACKS[4]! }), await signUp(server.url)];
  const post = async (path: string, json: object, method = 'POST') => {
    const answer = await ada.fetch(`/api/v1${path}`, { method, json });
    expect([path, answer.status]).toEqual([path, method === 'POST' ? 201 : 200]);
    return answer.json();
  };
  const text = ATTACKS.join('\n');
  const [projects, agents] = [[] as string[], [] as string[]];
  for (const attack of ATTACKS.slice(0, 5)) {
    const said = { name: attack, description: attack, instructions: text };
    const project = await post('/projects', said);
    await post(`/projects/${project.id}/members/${bob.userId}`, { role: 'viewer' }, 'PUT');
    projects.push(project.id);
    const starters = [attack, text.slice(0, 300)];
    const scope = { scope: 'project', projectId: project.id };
    const agent = await post('/agents', { ...said, ...scope, starters, icon: '<b>' });
    await post(`/agents/${agent.id}`, { instructions: `${text}\n${text}`, name: `${attack} ` }, 'PATCH');
    agents.push(agent.id);
  }
  const [projectId, agentId] = [projects[0]!, agents[0]!];
  const { token } = await post(`/projects/${projectId}/invites`, { role: 'viewer' });

  const page = await visit({ as: bob });
  const seen = await watch(page);
  const isSafe = async (what: string) => {
    await atRest(page);
    expect([what, await planted(page), seen]).toEqual([what, 0, []]);
  };
  for (const path of [
    '/',
    '/agents',
    `/agents/${agentId}`,
    `/agents/${agentId}/1`,
    '/projects',
    ...['', '/agents', '/instructions', '/members', '/settings'].map((tab) => `/projects/${projectId}${tab}`),
    `/join/${token}`,
    `/join/${encodeURIComponent(ATTACKS[1]!)}`,
    `/?project=${encodeURIComponent(ATTACKS[1]!)}&agent=${encodeURIComponent(ATTACKS[4]!)}`,
    `/agents/${encodeURIComponent(ATTACKS[1]!)}`,
  ]) {
    await page.goto(path);
    await expect(page.locator('main h1').first()).toBeAttached();
    await isSafe(path);
  }
  // Versions side by side, as whoever may write sees them.
  const writer = await visit({ as: ada });
  const seenByWriter = await watch(writer);
  for (const path of [`/agents/${agentId}`, `/projects/${projectId}/instructions`]) {
    await writer.goto(path);
    await writer.getByRole('button', { name: 'Versions' }).click();
    await writer
      .getByRole('button', { name: /^Compare version/ })
      .last()
      .click();
    await atRest(writer);
    expect([path, await planted(writer), seenByWriter]).toEqual([path, 0, []]);
  }
});

test('what waits, who is called and what is compared runs nowhere', async ({ visit, server }) => {
  test.setTimeout(120_000);
  const ada = await signUp(server.url, { name: 'Ada' });
  for (const attack of ATTACKS.slice(0, 5))
    await ada.fetch('/api/v1/agents', {
      method: 'POST',
      json: { name: attack, description: attack, starters: [attack] },
    });
  const page = await visit({ as: ada });
  const seen = await watch(page);
  const chat = new ChatPage(page);
  const isSafe = async (what: string) => {
    await atRest(page);
    expect([what, await planted(page), seen]).toEqual([what, 0, []]);
  };
  await chat.open();
  const card = page.getByRole('list', { name: 'Agents' }).getByRole('button').first();
  await card.click();
  await isSafe('starters');
  await chat.composer.pressSequentially('@<');
  await expect(page.getByRole('listbox', { name: 'Who answers this message' })).toBeVisible();
  await isSafe('agents that are offered');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-once]')).toBeVisible();
  await isSafe('the agent that is called');
  await page.reload();
  await expect(page.locator('[data-once]')).toBeVisible();
  await isSafe('the same, as it was kept');
  await chat.send('First\n/script tokens=2000 rate=40');
  await chat.hasWritten(20);
  for (const attack of ATTACKS.slice(0, 3)) {
    await chat.composer.fill(attack);
    await chat.composer.press('Enter');
  }
  const rows = page.locator('[data-outbox]');
  await expect(rows).toHaveCount(3);
  await isSafe('what waits');
  await rows.first().getByRole('button', { name: 'Edit' }).click();
  await isSafe('what waits, while it is changed');
  await page.getByRole('textbox', { name: 'Your message' }).press('Escape');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Waiting for you' })).toBeVisible();
  await isSafe('what is held');

  await page.locator('header').getByRole('button', { name: 'Chat actions' }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await isSafe('what the next reply is made with');
  await page.keyboard.press('Escape');
  await page
    .locator('header')
    .getByRole('button', { name: /^Agent: / })
    .click();
  await isSafe('the agents to choose from');
  await page.keyboard.press('Escape');

  const sent = await ada.fetch('/api/v1/messages', {
    method: 'POST',
    json: {
      chat: {},
      message: {
        content: `${ATTACKS[0]}\n/script rate=0 text=${JSON.stringify(ATTACKS.slice(0, 9).join('\n\n'))}`,
        modelIds: ['scripted/demo', 'scripted/fast'],
      },
    },
  });
  const { message } = await sent.json();
  await page.goto(`/c/${message.chatId}`);
  await page.getByRole('button', { name: 'I prefer this' }).first().click();
  await page.getByRole('button', { name: 'Say why' }).click();
  await page.getByRole('textbox', { name: 'Why?' }).fill(ATTACKS[1]!);
  await page.getByRole('button', { name: 'Save' }).click();
  await isSafe('what is compared');
  await page.locator('header').getByRole('button', { name: 'Chat actions' }).click();
  await page.getByRole('menuitem', { name: 'Overview' }).click();
  await expect(page.getByRole('tree')).toBeVisible();
  await isSafe('the overview');
});
