/** All settings on one page: found by a word in either language, said for whom they are, at addresses of their own. */
import type { Page } from '@playwright/test';
import { signUp } from '#test/harness/accounts.ts';
import { focused } from './harness/access.ts';
import { faults } from './harness/axe.ts';
import { ChatPage, expect, testAlone as test } from './harness/story.ts';

/** By the keys. Who looks after the focus is fetched once there is something to see: until then the way is gone again. */
async function openSettings(page: Page): Promise<void> {
  await expect(async () => {
    if (page.url().endsWith('/settings')) await page.goBack();
    await page.keyboard.press('Control+.');
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeFocused({ timeout: 3000 });
  }).toPass();
}

test('a setting is found by a word in either language, and by what others call it', async ({
  visit,
  ownServer,
}) => {
  const ada = await signUp(ownServer.url, { name: 'Ada' });
  const page = await visit({ as: ada });
  await new ChatPage(page).open();
  await openSettings(page);
  const names = page.locator('main li h3');
  await expect(names).toContainText(['Theme', 'Language', 'Your instructions', 'Password', 'Queue']);
  const all = await names.count();
  // Each says for whom it is.
  for (const scope of ['This browser', 'You, on every device', 'One project', 'Everybody here'])
    await expect(page.getByRole('listitem').getByText(scope, { exact: true }).first()).toBeVisible();
  const search = page.getByRole('searchbox', { name: 'Search settings' });
  for (const [typed, found] of [
    ['theme', 'Theme'],
    ['night mode', 'Theme'],
    ['темная', 'Theme'],
    ['Размер текста', 'Text size'],
    ['system prompt', 'Your instructions'],
    ['logout', ''],
    ['log out', 'Signed-in browsers'],
  ] as const) {
    await search.fill(typed);
    await expect.poll(() => names.count()).toBeLessThan(4);
    if (found) await expect(names.first()).toHaveText(found);
    else await expect(page.getByText('No setting is called that.')).toBeVisible();
  }
  expect(await faults(page)).toEqual([]);
  // The first press clears the search, the next one leads back.
  await search.press('Escape');
  await expect(names).toHaveCount(all);
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(`${ownServer.url}/`);
});

test('an address leads to one setting, what is opened is changed in its place, and a chosen text size holds', async ({
  visit,
  ownServer,
}) => {
  const ada = await signUp(ownServer.url, { name: 'Ada' });
  const page = await visit({ as: ada, viewport: { width: 390, height: 844 }, hasTouch: true });
  await page.goto('/settings#instructions');
  const row = page.locator('#instructions');
  await expect(row).toBeFocused();
  await expect(row).toBeInViewport();
  await row.getByLabel('What should the models know about you').fill('I am a botanist.');
  await row.getByRole('button', { name: 'Save' }).click();
  await expect(row.getByText(/^Version 1 · saved by Ada/)).toBeVisible();
  await row.getByRole('button', { name: 'Done: Your instructions' }).click();
  await expect(row.getByRole('textbox')).toHaveCount(0);
  await page.getByRole('radio', { name: 'Larger' }).check({ force: true });
  const size = () => page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
  expect(await size()).toBe('20px');
  expect(await faults(page)).toEqual([]);
  // Without the page's own script: what stands in the head alone has set it.
  await page.route('**/assets/*.js', (route) => route.abort());
  await page.reload({ waitUntil: 'commit' });
  await expect.poll(size).toBe('20px');
});

test('by keys alone a setting is chosen, and the chat one came from is there again', async ({
  visit,
  ownServer,
}) => {
  const page = await visit({ as: await signUp(ownServer.url, { name: 'Ada' }) });
  const chat = new ChatPage(page);
  await chat.open();
  await chat.send('/script text="Here." rate=0');
  await chat.hasState('completed');
  const address = page.url();
  await openSettings(page);
  // A Tab that comes before the field is there goes past the page.
  await expect(page.locator('main').getByRole('searchbox')).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.type('theme');
  await expect(page.locator('main li')).toHaveCount(1);
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('INPUT');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(address);
  await expect(chat.reply).toContainText('Here.');
});

test('guests and members see what is theirs to set', async ({ visit, ownServer }) => {
  await signUp(ownServer.url, { name: 'Ada' });
  const member = await visit({ as: await signUp(ownServer.url, { name: 'Bob' }) });
  await member.goto('/settings');
  await expect(member.getByRole('heading', { name: 'Account', level: 2 })).toBeVisible();
  await expect(member.getByRole('heading', { name: 'This Parley', level: 2 })).toHaveCount(0);
  const guest = await visit({ locale: 'ru-RU' });
  await guest.goto('/');
  await guest.getByRole('textbox', { name: 'Сообщение' }).fill('Привет\n/script text="Да." rate=0');
  await guest.getByRole('textbox', { name: 'Сообщение' }).press('Enter');
  await expect(guest).toHaveURL(/\/c\//);
  await guest.goto('/settings');
  await expect(guest.getByRole('heading', { name: 'Тема' })).toBeVisible();
  await expect(guest.getByRole('heading', { name: 'Пароль' })).toHaveCount(0);
  expect(await faults(guest)).toEqual([]);
});
