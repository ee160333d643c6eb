import { ChatPage, expect, squeezed, test } from './harness/story.ts';

const ANSWER = '/script tokens=8 rate=0';

test('somebody rewrites what they asked, keeps both versions, and goes between them', async ({
  page,
  chat,
}) => {
  await chat.open();
  await chat.send(`First\n${ANSWER}`);
  await chat.hasState('completed');
  await chat.send(`Second\n${ANSWER}`);
  await expect(chat.replies).toHaveCount(2);
  await chat.hasState('completed');
  await chat.own.first().hover();
  await chat.own.first().getByRole('button', { name: 'Edit' }).click();
  const field = page.getByRole('textbox', { name: 'Your message' });
  await expect(field).toBeFocused();
  await field.fill('Kept when I leave');
  await page.keyboard.press('Escape');
  await expect(field).toHaveCount(0);
  await expect(chat.own.first().getByRole('button', { name: 'More' })).toBeFocused();
  // The last one is reached from an empty composer, and back.
  await chat.composer.fill('x');
  await page.keyboard.press('ArrowUp');
  await expect(field).toHaveCount(0);
  await chat.composer.fill('');
  await page.keyboard.press('ArrowUp');
  await expect(field).toBeFocused();
  await expect(field).toHaveValue(`Second\n${ANSWER}`);
  await page.keyboard.press('Escape');
  await expect(chat.composer).toBeFocused();
  await page.reload();
  await chat.own.first().hover();
  await chat.own.first().getByRole('button', { name: 'Edit' }).click();
  await expect(field).toHaveValue('Kept when I leave');
  await field.fill(`Otherwise\n${ANSWER}`);
  await page.keyboard.press('Enter');
  await expect(chat.replies).toHaveCount(1);
  await chat.hasState('completed');
  const pager = page.getByRole('group', { name: 'Versions of this message' });
  await expect(pager).toContainText('2/2');
  await pager.getByRole('button', { name: 'Earlier version' }).click();
  // With all that followed, on this page and after a reload.
  await expect(chat.own).toHaveCount(2);
  await expect(chat.own.last()).toContainText('Second');
  await page.reload();
  await expect(chat.own).toHaveCount(2);
});

test('what somebody asked is rewritten without being asked again, and is answered when they want it', async ({
  page,
  context,
  chat,
  complaints,
}) => {
  await chat.open();
  await chat.send(`First\n${ANSWER}`);
  await chat.hasState('completed');
  const other = await context.newPage();
  const otherChat = new ChatPage(other);
  await other.goto(page.url());
  await otherChat.hasState('completed');
  const field = page.getByRole('textbox', { name: 'Your message' });
  await page.keyboard.press('ArrowUp');
  await field.fill('Not kept');
  await page.keyboard.press('Escape');
  await expect(chat.own).toContainText('First');
  await expect(chat.composer).toBeFocused();

  await page.keyboard.press('ArrowUp');
  await field.fill(`Corrected\n${ANSWER}`);
  // What could not be saved stays in its field, with the reason.
  await page.route('**/messages/*/edit', (route) => route.abort(), { times: 1 });
  const save = page.getByRole('button', { name: 'Save', exact: true });
  await save.click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(field).toHaveValue(`Corrected\n${ANSWER}`);
  await save.click();
  await expect(field).toHaveCount(0);
  const pager = page.getByRole('group', { name: 'Versions of this message' });
  await expect(pager).toContainText('2/2');
  await expect(chat.own).toContainText('Corrected');
  await expect(chat.replies).toHaveCount(0);
  await expect(page.getByText('No reply yet.')).toBeVisible();
  // On the other page, and after a reload.
  await expect(otherChat.own).toContainText('Corrected');
  await page.reload();
  await page.getByRole('button', { name: 'Get a reply' }).click();
  await chat.hasState('completed');
  await expect(page.getByText('No reply yet.')).toHaveCount(0);
  await expect(chat.own).toHaveCount(1);
  await otherChat.hasState('completed');
  await pager.getByRole('button', { name: 'Earlier version' }).click();
  await expect(chat.own).toContainText('First');
  await expect(chat.replies).toHaveCount(1);

  // Ctrl and Enter asks again, also for who sends by Enter.
  await chat.own.hover();
  await chat.own.getByRole('button', { name: 'Edit' }).click();
  await field.fill(`Third\n${ANSWER}`);
  await page.keyboard.press('Control+Enter');
  await expect(pager).toContainText('3/3');
  await chat.hasState('completed');
  await expect(chat.replies).toHaveCount(1);
  expect(complaints).toEqual([]);
});

test('a complete reply is written again by another model, as it was, or by who is found by letters', async ({
  page,
  chat,
}) => {
  await chat.open();
  await chat.send(`Question\n${ANSWER}`);
  await chat.hasState('completed');
  await chat.send(`Another\n${ANSWER}`);
  await expect(chat.replies).toHaveCount(2);
  await chat.hasState('completed');
  const written = async () => (await chat.storedMessages()).map(({ ending }) => ending?.model ?? null);
  const by = chat.reply.getByRole('button', { name: 'Another model or agent' });
  await by.focus();
  await page.keyboard.press('Enter');
  const search = page.getByRole('combobox', { name: 'Search models and agents' });
  await expect(search).toBeFocused();
  const options = page.getByRole('listbox', { name: 'Answer again' }).getByRole('option');
  await expect(options.first()).toHaveText(/^The same once more/);
  const [, , , before] = await written();
  await search.fill('fast');
  await page.keyboard.press('Enter');
  const pager = page.getByRole('group', { name: 'Versions of this message' });
  await expect(pager).toContainText('2/2');
  await chat.hasState('completed');
  expect((await written()).at(-1)).toBe('scripted/fast');
  await by.click();
  await expect(options.first()).toHaveText('The same once morefast');
  await page.keyboard.press('Enter');
  await expect(pager).toContainText('3/3');
  await chat.hasState('completed');
  expect((await written()).at(-1)).toBe('scripted/fast');
  // An earlier reply, too: what followed it stays on its branch.
  await chat.replies.first().hover();
  await chat.replies.first().getByRole('button', { name: 'Another model or agent' }).click();
  await options
    .filter({ hasText: before!.split('/')[1]! })
    .first()
    .click();
  await expect(chat.replies).toHaveCount(1);
  await chat.hasState('completed');
  await expect(pager).toContainText('2/2');
});

test('a message is shown as it was written, and a reply tells by which instructions', async ({
  page,
  chat,
}) => {
  await chat.open();
  await chat.send('/script text="**bold** and `code`" rate=0');
  await chat.hasState('completed');
  await chat.reply.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Show as text' }).click();
  const text = page.getByRole('dialog', { name: 'Message as text' });
  await expect(text.getByRole('textbox')).toHaveValue('**bold** and `code`');
  await page.keyboard.press('Escape');
  await expect(chat.reply.getByRole('button', { name: 'More' })).toBeFocused();
  await chat.reply.getByRole('button', { name: 'About this reply' }).click();
  const about = page.getByRole('dialog', { name: 'About this reply' });
  await expect(about).toContainText('InstructionsThis Parley: built in');
  await expect(about).toContainText('Tokens written');
});

test('one message is deleted and comes back, is left out and taken in, and a reply is rewritten', async ({
  page,
  chat,
  complaints,
}) => {
  await chat.open();
  await chat.send(`Question\n${ANSWER}`);
  await chat.hasState('completed');
  await chat.send(`Another\n${ANSWER}`);
  await expect(chat.replies).toHaveCount(2);
  await chat.hasState('completed');
  const first = chat.replies.first();
  const choose = async (name: string) => {
    await first.hover();
    await first.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await choose('Delete');
  await expect(chat.replies).toHaveCount(1);
  await expect(chat.own).toHaveCount(2);
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(chat.replies).toHaveCount(2);
  await choose('Leave out');
  await expect(page.getByText('Left out: models are not told this.')).toBeVisible();
  await page.getByRole('button', { name: 'Take in again' }).click();
  await expect(page.getByText('Left out: models are not told this.')).toHaveCount(0);
  await choose('Rewrite');
  const field = page.getByRole('textbox', { name: 'The reply' });
  await field.fill('As I would say it');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(first).toContainText('As I would say it');
  await expect(first).toContainText('rewritten by hand');
  await expect(page.getByRole('group', { name: 'Versions of this message' })).toContainText('2/2');
  expect((await chat.storedMessages()).map(({ source }) => source)).toEqual(['human', 'human_edit']);
  expect(complaints).toEqual([]);
});

test('a reply is rated, with a reason if one likes, and a chat goes on elsewhere as a fork', async ({
  page,
  chat,
}) => {
  await chat.open();
  await chat.send(`Question\n${ANSWER}`);
  await chat.hasState('completed');
  const words = squeezed(await chat.words());
  await chat.reply.getByRole('button', { name: 'Rate this reply' }).click();
  await page.getByRole('button', { name: 'Bad' }).click();
  await page.getByRole('button', { name: 'Unclear' }).click();
  await page.getByRole('textbox', { name: 'Note' }).fill('Which bridge?');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('textbox', { name: 'Note' })).toHaveCount(0);
  await page.reload();
  await chat.reply.getByRole('button', { name: 'Rate this reply' }).click();
  await expect(page.getByRole('textbox', { name: 'Note' })).toHaveValue('Which bridge?');
  await expect(page.getByRole('button', { name: 'Bad' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  const before = chat.chatId;
  await chat.reply.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Continue in a new chat' }).click();
  await expect.poll(() => chat.chatId).not.toBe(before);
  await expect(chat.reply).toBeVisible();
  await expect.poll(async () => squeezed(await chat.words())).toBe(words);
});

test('the overview shows every branch and leads to each message, by keyboard as well', async ({
  page,
  chat,
}) => {
  await chat.open();
  await chat.send(`Question\n${ANSWER}`);
  await chat.hasState('completed');
  await chat.reply.getByRole('button', { name: 'Answer again' }).click();
  await expect(page.getByRole('group', { name: 'Versions of this message' })).toContainText('2/2');
  await chat.hasState('completed');
  await page.getByRole('button', { name: 'Chat actions' }).click();
  await page.getByRole('menuitem', { name: 'Overview' }).click();
  const tree = page.getByRole('tree', { name: 'Overview' });
  await expect(tree.getByRole('treeitem')).toHaveCount(3);
  await expect(tree.getByRole('treeitem', { selected: true })).toHaveCount(2);
  await tree.getByRole('treeitem').nth(1).click();
  await expect(page.getByRole('group', { name: 'Versions of this message' })).toContainText('1/2');
  await tree.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'Versions of this message' })).toContainText('2/2');
  await expect(tree.getByRole('treeitem', { selected: true })).toHaveCount(2);
});
