/** The keys: each of them does what the list of keys says, and stands there. */
import { SHORTCUTS } from '#page/shell/shortcuts.ts';
import { expect, test } from './harness/story.ts';

const REPLY = '/script text="Take this.\\n\\n```js\\nlet first;\\n```\\n\\n```js\\nlet second;\\n```" rate=0';

test('each key does what it says, from the message field and from elsewhere', async ({
  page,
  context,
  chat,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await chat.open();
  await chat.send(`Keys\n${REPLY}`);
  await chat.hasState('completed');
  const tried: string[] = [];
  /** Presses the key that the list names for `id`. */
  const press = async (id: (typeof SHORTCUTS)[number]['id']) => {
    const { code, shift, bare } = SHORTCUTS.find((one) => one.id === id)!;
    tried.push(id);
    await page.keyboard.press(`${bare ? '' : 'Control+'}${shift ? 'Shift+' : ''}${code}`);
  };
  await expect(chat.composer).toBeFocused();
  await expect(page.locator('.code-block')).toHaveCount(2);
  await press('copyCode');
  await expect.poll(async () => (await copied()).trim()).toBe('let second;');
  await press('copyReply');
  await expect.poll(copied).toContain('Take this.\n\n```js\nlet first;');
  await press('list');
  await expect(chat.list).toHaveCount(0);
  await press('list');
  await expect(chat.list).toBeVisible();
  await chat.reply.getByRole('button', { name: 'More' }).focus();
  await press('composer');
  await expect(chat.composer).toBeFocused();
  await press('search');
  await expect(page.getByRole('combobox', { name: 'Search and commands' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(chat.composer).toBeFocused();
  await press('help');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(chat.composer).toBeFocused();
  await chat.reply.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.getByText('Message deleted')).toBeVisible();
  await press('note');
  await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(chat.replies).toHaveCount(1);
  await press('settings');
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await press('newChat');
  await expect(page).toHaveURL(/\/$/);
  await expect(chat.composer).toBeFocused();
  expect(tried.toSorted().filter((id, place, all) => all.indexOf(id) === place)).toEqual(
    SHORTCUTS.map(({ id }) => id).toSorted(),
  );
});

test('the list of keys names all of them, in both languages', async ({ page, chat }) => {
  await chat.open();
  await page.keyboard.press('Control+/');
  const rows = page.getByRole('dialog').locator('dl > div');
  const listed = [
    ['New chat', 'CtrlShiftO'],
    ['Search and commands', 'CtrlK'],
    ['Show or hide chats', 'CtrlShiftS'],
    ['Go to the message field', 'ShiftEsc'],
    ['Copy the last code', 'CtrlShift;'],
    ['Copy the last reply', 'CtrlShiftU'],
    ['Go to the last note', 'F8'],
    ['Settings', 'Ctrl.'],
    ['Show this list', 'Ctrl/'],
    ['Send', 'Enter'],
    ['New line', 'ShiftEnter'],
    ['Edit your last message, from an empty field', '↑'],
    ['Stop the reply', 'Esc'],
    ['Commands, at the beginning of the message field', '/'],
    ['Name an agent or a model for one message', '@'],
    ['While editing: save and ask again', 'CtrlEnter'],
    ['While editing: leave it as it was', 'Esc'],
  ];
  await expect(rows).toHaveText(listed.map((row) => row.join('')));
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+.');
  await page.getByRole('radio', { name: 'Русский' }).check({ force: true });
  await page.keyboard.press('Control+/');
  await expect(rows).toHaveCount(listed.length);
  await expect(rows.filter({ hasText: 'Команды — в начале поля сообщения' })).toHaveCount(1);
});
