/** Settings in layers: each value says where it comes from, is overridden by one step and cleared by one click. */
import type { Page } from '@playwright/test';
import { type Person, signUp } from '#test/harness/accounts.ts';
import { addUpstream } from '#test/harness/upstream-endpoint.ts';
import { startUpstream, type Upstream } from '#test/upstream/start-upstream.ts';
import { faults } from './harness/axe.ts';
import { makeProject } from './harness/make-project.ts';
import { ChatPage, expect, testAlone as test } from './harness/story.ts';

let upstream: Upstream;
test.beforeEach(async () => {
  upstream = await startUpstream({ models: ['one', 'two', 'three'] });
});
test.afterEach(() => upstream.close());

const api = async (person: Person, method: string, path: string, json?: unknown) =>
  (await person.fetch(`/api/v1${path}`, { method, ...(json !== undefined && { json }) })).json();

/** What the model server was asked last. */
const asked = () =>
  upstream.requests.at(-1)?.body as { model: string; temperature?: number; max_tokens?: number };

async function openSettings(page: Page) {
  await page.locator('header').getByRole('button', { name: 'Chat actions' }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  return page.getByRole('complementary', { name: 'Chat settings' });
}
const model = (page: Page, name: string) =>
  page.locator('header').getByRole('button', { name: `Model: ${name}`, exact: true });
async function choose(page: Page, from: string, to: string) {
  await model(page, from).click();
  await page.getByRole('option', { name: to }).click();
}

test('a project’s temperature shows in its chat, is overridden there, and cleared with one click, in step in two tabs', async ({
  visit,
  ownServer,
}) => {
  test.setTimeout(120_000);
  const ada = await signUp(ownServer.url, { name: 'Ada' });
  const bob = await signUp(ownServer.url, { name: 'Bob' });
  await addUpstream(ada, upstream);
  const projectId = await makeProject(ada, 'Bridges', [[bob, 'viewer']]);
  const page = await visit({ as: ada });

  // Said for the project, by an editor; a viewer only looks.
  await page.goto(`/projects/${projectId}/settings`);
  await page.getByLabel('Temperature', { exact: true }).fill('0,2');
  await page.getByLabel('Temperature', { exact: true }).press('Enter');
  await expect(page.getByText('this project', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: /^Model/ }).click();
  await page.getByRole('option', { name: 'two' }).click();
  await expect(page.getByRole('button', { name: 'Model: two' })).toBeVisible();
  const reader = await visit({ as: bob });
  await reader.goto(`/projects/${projectId}/settings`);
  await expect(reader.getByText('0.2', { exact: true })).toBeVisible();
  await expect(reader.getByRole('textbox', { name: 'Temperature' })).toHaveCount(0);

  // A chat that begins there takes both.
  const chat = new ChatPage(page);
  await chat.open(`/?project=${projectId}`);
  await expect(model(page, 'two')).toBeVisible();
  await chat.send('Hello');
  await chat.hasState('completed');
  expect(asked()).toMatchObject({ model: 'two', temperature: 0.2 });
  const panel = await openSettings(page);
  const temperature = panel.getByLabel('Temperature', { exact: true });
  await expect(temperature).toHaveAttribute('placeholder', '0.2');
  await expect(temperature).toHaveAccessibleDescription(/0\.2 · from the project/);
  await expect(panel.getByText('Your instructions: nothing yet')).toBeVisible();

  const other = await visit({ as: ada });
  await other.goto(page.url());
  const same = await openSettings(other);
  await expect(same.getByLabel('Temperature', { exact: true })).toHaveAccessibleDescription(
    /from the project/,
  );

  // What cannot be is said and not kept.
  await temperature.fill('9');
  await temperature.press('Enter');
  await expect(panel.getByText('A number from 0 to 2.')).toBeVisible();
  await temperature.fill('0.7');
  await temperature.press('Enter');
  await expect(temperature).toHaveAccessibleDescription(/this chat/);
  await expect(same.getByLabel('Temperature', { exact: true })).toHaveValue('0.7');
  await chat.send('Again');
  await chat.hasState('completed');
  await expect.poll(() => asked().temperature).toBe(0.7);

  await same.getByRole('button', { name: 'Clear: Temperature' }).click();
  await expect(same.getByLabel('Temperature', { exact: true })).toBeFocused();
  await expect(same.getByLabel('Temperature', { exact: true })).toHaveAccessibleDescription(
    /from the project/,
  );
  await expect(temperature).toHaveAccessibleDescription(/0\.2 · from the project/);
  await expect(temperature).toHaveValue('');

  // A viewer of a shared chat looks at all of it.
  await reader.goto(page.url());
  const seen = await openSettings(reader);
  await expect(seen.getByText('from the project').first()).toBeVisible();
  await expect(seen.getByRole('textbox')).toHaveCount(0);
  expect(await faults(reader)).toEqual([]);
});

test('the picker sets the chat’s own model: after a reload, on a second device, and cleared again', async ({
  visit,
  ownServer,
}) => {
  test.setTimeout(120_000);
  const ada = await signUp(ownServer.url, { name: 'Ada' });
  await addUpstream(ada, upstream);
  await api(ada, 'PUT', '/admin/default-model', { modelId: 'upstream/one' });
  const page = await visit({ as: ada });
  const chat = new ChatPage(page);
  await chat.open();
  await choose(page, 'one', 'two');
  await chat.send('Hello');
  await chat.hasState('completed');
  expect(asked().model).toBe('two');
  const settings = async () => (await api(ada, 'GET', `/chats/${chat.chatId}`)).settings;
  expect(await settings()).toEqual({ modelId: 'upstream/two' });

  // Chosen and sent at once: it is the one that is shown that answers.
  await choose(page, 'two', 'three');
  await chat.send('Again');
  await chat.hasState('completed');
  await expect.poll(() => asked().model).toBe('three');
  await expect.poll(settings).toEqual({ modelId: 'upstream/three' });
  await page.reload();
  await expect(model(page, 'three')).toBeVisible();

  const device = await visit({ as: ada });
  await device.goto(page.url());
  await choose(device, 'three', 'one');
  await expect(model(page, 'one')).toBeVisible();
  await new ChatPage(device).send('From here');
  await expect.poll(() => asked().model).toBe('one');

  // Cleared: what the layers below say holds, and the picker says whose word that is.
  await api(ada, 'PATCH', '/me', { settings: { modelId: 'upstream/two' } });
  await model(page, 'one').click();
  await expect(page.getByText('this chat', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(model(page, 'two')).toBeVisible();
  await expect(model(device, 'two')).toBeVisible();
  expect(await settings()).toEqual({});
  await model(page, 'two').click();
  await expect(page.getByText('from you')).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.getByRole('button', { name: 'All settings' }).click();
  await expect(page.getByRole('complementary', { name: 'Chat settings' })).toBeVisible();

  // A new chat: what the layers say comes before what was chosen last in this browser.
  await chat.open();
  await expect(model(page, 'two')).toBeVisible();
  await api(ada, 'PATCH', '/me', { settings: {} });
  await page.reload();
  await expect(model(page, 'three')).toBeVisible();
});

test('what somebody says for themselves, and an admin for everybody, and what a server takes no notice of', async ({
  visit,
  ownServer,
}) => {
  test.setTimeout(120_000);
  const ada = await signUp(ownServer.url, { name: 'Ada' });
  const bob = await signUp(ownServer.url, { name: 'Bob' });
  const page = await visit({ as: ada });
  await page.goto('/admin/endpoints');
  const everybody = page.locator('section').filter({ hasText: 'Everybody’s model and parameters' });
  await everybody.getByLabel('Longest reply, in tokens', { exact: true }).fill('77');
  await everybody.getByLabel('Longest reply, in tokens', { exact: true }).press('Enter');
  const kept = async () => (await api(ada, 'GET', '/admin/settings')).settings;
  await expect.poll(kept).toEqual({ parameters: { maxTokens: 77 } });
  await expect(everybody.getByText('this Parley', { exact: true })).toBeVisible();

  const mine = await visit({ as: bob });
  const chat = new ChatPage(mine);
  await chat.open();
  await mine.keyboard.press('Control+.');
  await mine.getByRole('button', { name: 'Change: Your model and parameters' }).click();
  const dialog = mine.locator('#models');
  await expect(dialog.getByLabel('Longest reply, in tokens', { exact: true })).toHaveAccessibleDescription(
    /77 · from this Parley/,
  );
  await dialog.getByLabel('Effort in reasoning', { exact: true }).selectOption('High');
  await expect(dialog.getByRole('button', { name: 'Clear: Effort in reasoning' })).toBeVisible();
  expect(await faults(mine)).toEqual([]);
  // In step with the person's other device, and with what the admin says meanwhile.
  await api(bob, 'PATCH', '/me', { settings: { parameters: { reasoningEffort: 'high', topP: 0.5 } } });
  await expect(dialog.getByRole('button', { name: 'Clear: Top P' })).toBeVisible();
  await api(ada, 'PATCH', '/admin/settings', { settings: { parameters: { maxTokens: 78 } } });
  await expect(dialog.getByLabel('Longest reply, in tokens', { exact: true })).toHaveAccessibleDescription(
    /78 · from this Parley/,
  );
  await expect(everybody.getByLabel('Longest reply, in tokens', { exact: true })).toHaveValue('78');
  await mine.keyboard.press('Escape');
  await chat.send('/script text="Yes." rate=0');
  await chat.hasState('completed');
  const panel = await openSettings(mine);
  await expect(panel.getByLabel('Effort in reasoning', { exact: true })).toHaveAccessibleDescription(
    /High · from you/,
  );
  await expect(panel.getByLabel('Longest reply, in tokens', { exact: true })).toHaveAccessibleDescription(
    /78 · from this Parley/,
  );
  await expect(panel.getByText('The server of demo knows nothing of this').first()).toBeVisible();
});

test('in Russian, on a phone', async ({ visit, ownServer }) => {
  const ada = await signUp(ownServer.url, { name: 'Ада' });
  await addUpstream(ada, upstream);
  await api(ada, 'PATCH', '/me', { settings: { parameters: { temperature: 0.5 } } });
  const page = await visit({
    as: ada,
    locale: 'ru-RU',
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  });
  await page.goto('/');
  await page.getByRole('textbox', { name: 'Сообщение' }).fill('Привет');
  await page.getByRole('button', { name: 'Отправить' }).click();
  await expect(page).toHaveURL(/\/c\//);
  await page.locator('header').getByRole('button', { name: 'Действия с чатом' }).click();
  await page.getByRole('menuitem', { name: 'Настройки' }).click();
  const sheet = page.getByRole('dialog', { name: 'Настройки чата' });
  await expect(sheet.getByLabel('Температура', { exact: true })).toHaveAccessibleDescription(/0,5 · ваше/);
  await sheet.getByLabel('Температура', { exact: true }).fill('0,9');
  await sheet.getByLabel('Температура', { exact: true }).blur();
  await sheet.getByRole('button', { name: 'Сбросить: Температура' }).click();
  await expect(sheet.getByLabel('Температура', { exact: true })).toHaveAccessibleDescription(/0,5 · ваше/);
  expect(await faults(page)).toEqual([]);
});
