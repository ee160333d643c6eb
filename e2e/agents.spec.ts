/** Agents: made and changed on their page, chosen for a chat, called for one message. */
import { signUp } from '#test/harness/accounts.ts';
import { faults } from './harness/axe.ts';
import { makeAgent } from './harness/make-agent.ts';
import { makeProject } from './harness/make-project.ts';
import { atRest, ChatPage, expect, test } from './harness/story.ts';

const QUICK = '/script rate=0 text="Done."';

test('somebody makes an agent; it greets them, leads a chat that is begun with it, and each reply says so', async ({
  visit,
  server,
}) => {
  const page = await visit({ as: await signUp(server.url, { name: 'Ada' }) });
  const chat = new ChatPage(page);
  await chat.open();
  await atRest(page);
  // The first page is as calm as it was while there are none.
  await expect(page.getByRole('list', { name: 'Agents' })).toHaveCount(0);
  await expect(page.locator('header').getByRole('button', { name: /agent/i })).toHaveCount(0);

  await page.getByRole('link', { name: 'Agents' }).click();
  await expect(page.getByRole('heading', { name: 'Give a model a role' })).toBeVisible();
  await page.getByRole('link', { name: 'New agent' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Poet');
  await page.getByRole('textbox', { name: 'Description' }).fill('Answers in verse');
  await page.getByRole('radio', { name: 'Pen' }).check({ force: true });
  await page.getByRole('textbox', { name: 'Instructions' }).fill('Answer in rhyme.');
  for (const [at, starter] of ['Write about the sea', 'A haiku'].entries()) {
    await page.getByRole('button', { name: 'Add a starter' }).click();
    await expect(page.getByRole('textbox', { name: `Starter ${at + 1}` })).toBeFocused();
    await page.keyboard.type(starter);
  }
  await page.getByRole('button', { name: 'Move starter 2 up' }).click();
  await expect(page.getByRole('button', { name: 'Move starter 1 down' })).toBeFocused();
  // What does not hold is said beside it, and nothing is made.
  await page.getByRole('textbox', { name: 'Temperature' }).fill('7');
  await expect(page.getByText('A number from 0 to 2.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Create agent' })).toBeDisabled();
  await page.getByRole('textbox', { name: 'Temperature' }).fill('0,5');
  await page.getByRole('button', { name: 'Model The model of the chat' }).click();
  await page.getByRole('combobox', { name: 'Search models' }).press('Enter');
  await expect(page.getByText('knows nothing of this').first()).toBeVisible();
  await page.getByRole('button', { name: 'Create agent' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Poet' })).toBeVisible();
  await expect(page.getByText('Version 1')).toBeVisible();

  await page.getByRole('link', { name: 'New chat' }).first().click();
  const card = page.getByRole('list', { name: 'Agents' }).getByRole('button', { name: /Poet/ });
  await card.click();
  await expect(card).toHaveAttribute('aria-pressed', 'true');
  await expect(chat.composer).toBeFocused();
  const suggestions = page.getByRole('list', { name: 'Ideas to get started' }).getByRole('button');
  await expect(suggestions).toHaveText(['A haiku', 'Write about the sea']);
  // Let go, and the general ones are back.
  await card.click();
  await expect(suggestions).toHaveCount(4);
  await card.click();
  await suggestions.first().click();
  await expect(chat.composer).toHaveValue('A haiku');
  const posted = page.waitForRequest(
    (request) => request.method() === 'POST' && /messages$/.test(request.url()),
  );
  await chat.send(QUICK);
  // The agent has a model of its own: one named with the message would win over it.
  const sent = (await posted).postDataJSON();
  expect([sent.chat.agentId, sent.message.modelId]).toEqual([expect.any(String), undefined]);
  await chat.hasState('completed');
  const [, reply] = await chat.storedMessages();
  expect(reply!.agentId).not.toBeNull();
  expect(reply!.ending?.context).toMatchObject({ agentId: reply!.agentId, agent: 1 });
  await expect(chat.reply.locator('[data-agent]')).toHaveText('Poet');
  const settings = await (await page.request.get(`/api/v1/chats/${chat.chatId}/settings`)).json();
  expect(settings.parameters.temperature).toEqual({ value: 0.5, from: 'agent' });

  // The details lead to the version that wrote it.
  await page.getByRole('button', { name: 'About this reply' }).click();
  await page.getByRole('link', { name: 'Poet, version 1' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Poet, version 1' })).toBeVisible();
  await expect(page.getByText('This version is in force.')).toBeVisible();
  // The next chat begins with nobody.
  await page.getByRole('link', { name: 'New chat' }).first().click();
  await expect(card).toHaveAttribute('aria-pressed', 'false');
});

test('an agent is called for one message by @, by keys alone, and another is chosen in mid-chat', async ({
  visit,
  server,
}) => {
  const ada = await signUp(server.url, { name: 'Ada' });
  const poet = await makeAgent(ada, 'Poet', { description: 'Answers in verse' });
  const critic = await makeAgent(ada, 'Code critic');
  const page = await visit({ as: ada });
  const chat = new ChatPage(page);
  await chat.open();
  await chat.send(QUICK);
  await chat.hasState('completed');

  const list = page.getByRole('listbox', { name: 'Who answers this message' });
  const offered = list.getByRole('group', { name: 'Agents' });
  await chat.composer.fill('mail ada@example.org ');
  await expect(offered).toHaveCount(0);
  await chat.composer.fill('');
  await chat.composer.pressSequentially('@');
  await expect(offered.getByRole('option')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(offered).toHaveCount(0);
  await chat.composer.pressSequentially(' @cri');
  await expect(offered.getByRole('option')).toHaveText(['Code critic']);
  await chat.composer.fill('');
  await chat.composer.pressSequentially('@');
  const options = offered.getByRole('option');
  await expect(options.nth(0)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  const active = await chat.composer.getAttribute('aria-activedescendant');
  expect(await options.nth(1).getAttribute('id')).toBe(active);
  // The field scrolls the list, which is no stop of its own.
  expect((await faults(page)).filter((fault) => !fault.startsWith('scrollable-region-focusable'))).toEqual(
    [],
  );
  await page.keyboard.press('ArrowUp');
  await chat.composer.pressSequentially('po');
  await page.keyboard.press('Tab');
  const chip = page.getByText('Poet answers this message');
  await expect(chip).toBeVisible();
  await expect(chat.composer).toHaveValue('');
  await expect(chat.composer).toBeFocused();
  await chat.send(QUICK);
  await expect(chip).toHaveCount(0);
  await chat.hasState('completed');
  expect((await chat.storedMessages()).map(({ agentId }) => agentId)).toEqual([null, null, null, poet]);
  expect(await chat.storedText()).toBe('Done.');
  // For that one alone; said from the start, while it is written.
  await chat.composer.pressSequentially('@Poet ');
  await chat.send('/script tokens=2000 rate=40');
  await chat.hasState('running');
  await expect(chat.reply.locator('[data-agent]')).toHaveText('Poet');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await chat.hasState('cancelled');
  await chat.send(QUICK);
  await expect(chat.replies).toHaveCount(4);
  await chat.hasState('completed');
  expect((await chat.storedMessages()).at(-1)!.agentId).toBeNull();

  // Let go by the key that takes away, with nothing typed; and by its button.
  await chat.composer.pressSequentially('@Poet ');
  await expect(chip).toBeVisible();
  await page.keyboard.press('Backspace');
  await expect(chip).toHaveCount(0);

  await page.getByRole('button', { name: 'Choose an agent' }).click();
  await expect(page.getByRole('option', { name: /No agent/ })).toHaveAttribute('aria-selected', 'true');
  // What floats stands outside the landmarks, as everything that floats does.
  expect((await faults(page)).filter((fault) => !fault.includes('data-radix-popper'))).toEqual([]);
  await page.getByRole('combobox', { name: 'Search agents' }).fill('crit');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Agent: Code critic' })).toBeFocused();
  await chat.send(QUICK);
  await expect(chat.replies).toHaveCount(5);
  await chat.hasState('completed');
  expect((await chat.storedMessages()).at(-1)!.agentId).toBe(critic);
  await expect(chat.reply.locator('[data-agent]')).toHaveText('Code critic');

  // Once more by the other one.
  await chat.reply.getByRole('button', { name: 'Another model or agent' }).click();
  await page.getByRole('option', { name: /^Poet/ }).click();
  await expect(chat.reply.locator('[data-agent]')).toHaveText('Poet');
  expect((await chat.storedMessages()).at(-1)!.agentId).toBe(poet);

  // It is archived elsewhere: said in words, and a message is answered all the same.
  await ada.fetch(`/api/v1/agents/${critic}`, { method: 'DELETE' });
  await expect(page.getByText('Code critic is archived and answers nothing any more.')).toBeVisible();
  await chat.send(QUICK);
  await expect(chat.own).toHaveCount(6);
  await chat.hasState('completed');
  expect((await chat.storedMessages()).at(-1)!.agentId).toBeNull();
  await page.getByRole('button', { name: 'Agent: Code critic' }).click();
  await page.getByRole('option', { name: /No agent/ }).click();
  await expect(page.getByText('is archived and answers nothing')).toHaveCount(0);
});

test('each saving is a version: compared, brought back, kept apart from what somebody else saved meanwhile', async ({
  visit,
  server,
}) => {
  const [ada, bob] = [await signUp(server.url, { name: 'Ada' }), await signUp(server.url, { name: 'Bob' })];
  const projectId = await makeProject(ada, 'Bridges', [[bob, 'editor']]);
  const agentId = await makeAgent(ada, 'Poet', {
    scope: 'project',
    projectId,
    instructions: 'Answer in rhyme.',
  });
  const page = await visit({ as: ada });
  await page.goto(`/projects/${projectId}/agents`);
  await page.getByRole('link', { name: 'Poet', exact: true }).click();
  const instructions = page.getByRole('textbox', { name: 'Instructions' });
  await instructions.fill('Answer in prose.');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved as version 2.')).toBeVisible();

  await page.getByRole('button', { name: 'Versions' }).click();
  const versions = page.getByRole('list', { name: 'Versions' }).getByRole('listitem');
  await expect(versions).toHaveCount(2);
  await page.getByRole('button', { name: 'Compare version 2' }).click();
  await expect(page.getByRole('region', { name: 'What differs' }).locator('del')).toHaveText('rhyme');
  await expect(page.getByRole('region', { name: 'What differs' }).locator('ins')).toHaveText('prose');
  await page.getByRole('button', { name: 'Bring back version 1' }).click();
  await expect(page.getByText('Version 1 is back, as version 3.')).toBeVisible();
  await expect(instructions).toHaveValue('Answer in rhyme.');
  await expect(versions).toHaveCount(3);

  // Bob saves while Ada types: she sees both, and nothing of hers is lost.
  await instructions.fill('Answer in song.');
  await bob.fetch(`/api/v1/agents/${agentId}`, { method: 'PATCH', json: { name: 'Bard' } });
  await expect(page.getByRole('heading', { level: 1, name: 'Bard' })).toBeVisible();
  await page.getByRole('button', { name: 'Save' }).click();
  const conflict = page.getByRole('region', { name: 'This agent was changed meanwhile.' });
  await expect(conflict.getByRole('region', { name: /Version 4.*Bob/ })).toContainText('Name: Bard');
  await expect(conflict.getByRole('region', { name: 'Your text' })).toContainText('Answer in song.');
  await conflict.getByRole('button', { name: 'Save mine' }).click();
  await expect(page.getByText('Saved as version 5.')).toBeVisible();

  // A link away from what is not saved asks first.
  await instructions.fill('Half a thought');
  await page.getByRole('navigation', { name: 'Back' }).getByRole('link', { name: 'Agents' }).click();
  await page.getByRole('button', { name: 'Stay here' }).click();
  await expect(instructions).toHaveValue('Half a thought');
  await page.getByRole('button', { name: 'Discard changes' }).click();

  // Archived, and back at once.
  await page.getByRole('button', { name: 'Archive' }).click();
  await expect(page.getByText('It is archived and answers nothing any more.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('It is archived and answers nothing any more.')).toHaveCount(0);
  await page.getByRole('button', { name: 'Archive' }).click();
  await page.goto('/agents');
  await expect(page.getByText('There are no agents here.')).toBeVisible();
  await page.getByRole('radio', { name: 'Archived' }).check({ force: true });
  await page.getByRole('link', { name: 'Poet', exact: true }).click();
  await page.getByRole('button', { name: 'Take out of the archive' }).click();
  await expect(page.getByText('The agent is back.')).toBeVisible();
});
