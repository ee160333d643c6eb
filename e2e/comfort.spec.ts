/** For everybody: keyboard, languages, themes, small screens; names, focus and contrast are in `access.spec.ts`. */
import { signUp } from '#test/harness/accounts.ts';
import { ChatPage, expect, test } from './harness/story.ts';

test('everything can be reached by keyboard alone, and focus comes back', async ({ page, chat }) => {
  await chat.open();
  await page.keyboard.type('/script text="By keys." rate=0\n');
  await expect(page).toHaveURL(/\/c\//);
  await chat.hasState('completed');
  const menu = page.locator('header').getByRole('button', { name: 'Chat actions' });
  await menu.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(menu).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeFocused();
  await page.keyboard.press('d');
  // The menu moves the focus a moment after the key.
  await expect(page.getByRole('menuitem', { name: 'Details' })).toBeFocused();
  await page.keyboard.press('Enter');
  const details = page.getByRole('complementary', { name: 'Chat details' });
  await expect(details.getByLabel('Title')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(details).toHaveCount(0);
  await expect(menu).toBeFocused();
  const account = page.getByRole('button', { name: /^Account/ });
  await account.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Settings' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(chat.composer).toBeVisible();
  await page.keyboard.press('Shift+Escape');
  await expect(chat.composer).toBeFocused();
  await page.keyboard.press('Control+Shift+S');
  await expect(chat.list).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Search and commands' })).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Shift+O');
  await expect(page).toHaveURL(/\/$/);
});

test('the language changes without a reload, and is Russian from the start where the browser is', async ({
  visit,
}) => {
  const page = await visit({ locale: 'ru-RU' });
  const fetched: (string | undefined)[] = [];
  page.on('request', (request) => {
    const words = /\/words-(..)-/.exec(request.url());
    if (words) fetched.push(words[1]);
  });
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'О чём поговорим?' })).toBeVisible();
  // Nobody fetches words that they do not read.
  expect(fetched).toEqual(['ru']);
  await expect(page.locator('html')).toHaveAttribute('lang', 'ru');
  const composer = page.getByRole('textbox', { name: 'Сообщение' });
  await composer.fill('Привет\n/script tokens=22 rate=0');
  await composer.press('Enter');
  await expect(page.getByText('22 токена')).toBeVisible();
  await page.evaluate(() => Object.assign(window, { stayed: true }));
  await page.keyboard.press('Control+.');
  await page.getByRole('radio', { name: 'English' }).check({ force: true });
  await page.keyboard.press('Escape');
  await expect(page.getByText('22 tokens')).toBeVisible();
  await expect(page.getByText('Today')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  expect(fetched).toEqual(['ru', 'en']);
  expect(await page.evaluate(() => 'stayed' in window)).toBe(true);
  await page.reload();
  await expect(page.getByText('22 tokens')).toBeVisible();
});

test('a language that was chosen in one browser is read in all of them', async ({ visit, server }) => {
  const ada = await signUp(server.url, { name: 'Ada' });
  const [one, other] = [await visit({ as: ada }), await visit({ as: ada })];
  await other.goto('/');
  await expect(other.getByRole('heading', { name: 'What is on your mind?' })).toBeVisible();
  await one.goto('/settings#language');
  await one.getByRole('radio', { name: 'Русский' }).check({ force: true });
  await expect(other.getByRole('heading', { name: 'О чём поговорим?' })).toBeVisible();
  const later = await visit({ as: ada });
  await later.goto('/');
  await expect(later.getByRole('heading', { name: 'О чём поговорим?' })).toBeVisible();
  await later.reload();
  await expect(later.locator('html')).toHaveAttribute('lang', 'ru');
});

test('the chosen theme is there before the first paint, and the words of the language are on their way', async ({
  page,
  chat,
}) => {
  await chat.open();
  await page.keyboard.press('Control+.');
  await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
  await page.keyboard.press('Escape');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  // Without the page's own script: what stands in the head alone has set it.
  await page.route('**/assets/*.js', (route) => route.abort());
  const words = page.waitForRequest(/\/words-en-/);
  await page.reload({ waitUntil: 'commit' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await words;
});

for (const width of [390, 768, 1024, 1440])
  test(`nothing is cut off at ${width} pixels`, async ({ visit }) => {
    const page = await visit({
      viewport: { width, height: 800 },
      hasTouch: width < 768,
      isMobile: width < 768,
    });
    const chat = new ChatPage(page);
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await chat.open();
    expect(await overflow()).toBe(0);
    await chat.composer.fill(
      `${'wide'.repeat(60)}\n/script rate=0 text="${'| a '.repeat(40)}|\\n${'|-'.repeat(40)}|\\n\\n\`\`\`\\n${'x'.repeat(400)}\\n\`\`\`"`,
    );
    await page.getByRole('button', { name: 'Send' }).click();
    await chat.hasState('completed');
    expect(await overflow()).toBe(0);
    await expect(chat.composer).toBeInViewport();
    const small = await page.evaluate(
      () =>
        [...document.querySelectorAll('header button, header a, form button')]
          .map((element) => element.getBoundingClientRect())
          .filter(({ width, height }) => width > 0 && (width < 44 || height < 44)).length,
    );
    if (width < 768) expect(small).toBe(0);
    if (width < 768) {
      await page.getByRole('button', { name: 'Show chats' }).click();
      await expect(page.getByRole('dialog', { name: 'Chats' })).toBeVisible();
      await page.getByRole('dialog').getByRole('link', { name: 'New chat' }).click();
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
  });

test('an address that leads nowhere says so and leads back', async ({ page }) => {
  await page.goto('/no/such/page');
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
  await page.goto('/c/01890000-0000-7000-8000-000000000000');
  await expect(page.getByRole('heading', { name: 'This chat is not available' })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Start a new chat' }).click();
  await expect(page.getByRole('heading', { name: 'What is on your mind?' })).toBeVisible();
});
