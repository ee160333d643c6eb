import { expect, OFTEN, test } from './harness/story.ts';

const TEXT = `## A heading

A *paragraph* with \`code\` and [a link](https://example.com/page).

| left | right |
| --- | ---: |
| one | 1 |

- [x] done
- [ ] not yet

1. first

   \`\`\`python
   def f(x: int) -> str:
       return "<b>" + str(x)
   \`\`\`

2. second

\`\`\`js
const a = 1;

const b = '</code><script>';
\`\`\`

The end.`;

test('Markdown is drawn while it grows, and looks the same at the end as after a refresh', async ({
  page,
  chat,
}) => {
  await chat.open();
  await chat.send(`Markdown\n/script drip=3 text=${JSON.stringify(TEXT)}`);
  await chat.hasState('completed', 60_000);
  const { reply } = chat;
  await expect(reply.getByRole('heading', { name: 'A heading' })).toBeVisible();
  await expect(reply.getByRole('table')).toBeVisible();
  await expect(reply.getByRole('checkbox')).toHaveCount(2);
  await expect(reply.locator('ol > li')).toHaveCount(2);
  await expect(reply.locator('.code-block')).toHaveCount(2);
  const link = reply.getByRole('link', { name: 'a link' });
  await expect(link).toHaveAttribute('target', '_blank');
  await expect(link).toHaveAttribute('rel', /noopener/);
  // Each block is coloured by itself.
  const coloured = () => expect(reply.locator('.code-block:has(.hl-keyword)')).toHaveCount(2);
  await coloured();
  const drawn = await reply.locator('.markdown').innerHTML();
  await page.reload();
  await chat.hasState('completed');
  await coloured();
  expect(await reply.locator('.markdown').innerHTML()).toBe(drawn);
});

test('titles in a reply stand below it on the page, and look as what they are in its text', async ({
  page,
  chat,
}) => {
  await chat.open();
  const marks = ['#', '##', '###', '####', '#####', '######'];
  const text = marks.map((mark) => `${mark} Of ${mark.length}`).join('\n\n');
  await chat.send(`Titles\n/script rate=0 text=${JSON.stringify(text)}`);
  await chat.hasState('completed');
  const drawn = await Promise.all(
    marks.map(async (mark) => {
      const title = chat.reply.getByRole('heading', { name: `Of ${mark.length}` });
      return title.evaluate((element) => [element.tagName, getComputedStyle(element).fontSize]);
    }),
  );
  expect(drawn).toEqual([
    ['H3', '22.4px'],
    ['H4', '19.2px'],
    ['H5', '16.8px'],
    ['H6', '16px'],
    ['H6', '16px'],
    ['H6', '16px'],
  ]);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
});

test('what was read while its renderer was fetched is not hidden when that comes', async ({ page, chat }) => {
  const [renderer, worker] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  for (const [file, { promise }] of [
    [/markdown-text/, renderer],
    [/markdown-worker/, worker],
  ] as const)
    await page.route(file, async (route) => {
      await promise;
      await route.continue();
    });
  await chat.open();
  // More than the page parses itself.
  const text = `A **bold** word. ${'Words. '.repeat(250)}`;
  await chat.send(`Long\n/script rate=400 text=${JSON.stringify(text)}`);
  await chat.hasState('completed');
  await expect(chat.reply.getByText('A **bold** word.')).toBeVisible();
  renderer.resolve();
  await expect(chat.reply.locator('.markdown > .plain')).toBeVisible();
  worker.resolve();
  await expect(chat.reply.locator('strong')).toHaveText('bold');
});

test('code and replies can be copied', async ({ page, context, chat }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await chat.open();
  await chat.send(`Copy\n/script rate=0 text=${JSON.stringify(TEXT)}`);
  await chat.hasState('completed');
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await chat.reply.getByRole('button', { name: 'Copy code' }).last().click();
  expect(await clipboard()).toBe("const a = 1;\n\nconst b = '</code><script>';");
  await chat.reply.getByRole('button', { name: 'Copy', exact: true }).click();
  expect(await clipboard()).toBe(TEXT);
});

test('a reader who scrolls up is left in peace, and comes back to the end with one click', async ({
  page,
  chat,
}) => {
  await chat.open();
  await chat.send('Long\n/script tokens=6000 rate=300');
  const box = page.getByTestId('messages');
  const fromEnd = () =>
    box.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight);
  await expect
    .poll(() => box.evaluate((element) => element.scrollTop), { timeout: 30_000, ...OFTEN })
    .toBeGreaterThan(300);
  // It follows with the next frame.
  await expect.poll(fromEnd, OFTEN).toBeLessThan(80);
  await box.hover();
  await page.mouse.wheel(0, -400);
  await expect(page.getByRole('button', { name: 'Jump to the end' })).toBeVisible();
  const at = await box.evaluate((element) => element.scrollTop);
  const length = (await chat.words()).length;
  await chat.hasWritten(length + 400);
  expect(Math.abs((await box.evaluate((element) => element.scrollTop)) - at)).toBeLessThan(3);
  await page.getByRole('button', { name: 'Jump to the end' }).click();
  await expect.poll(fromEnd, OFTEN).toBeLessThan(80);
  await page.keyboard.press('Escape');
});

test('thoughts are open while they come and folded after', async ({ page, chat }) => {
  await chat.open();
  await chat.send('Think\n/script reasoning=200 rate=60 tokens=4');
  const toggle = chat.reply.getByRole('button', { name: /Thinking · \d+ s/ });
  await expect(toggle).toHaveAttribute('aria-expanded', 'true');
  await chat.hasState('completed');
  const folded = chat.reply.getByRole('button', { name: /Thought for \d+ s/ });
  await expect(folded).toHaveAttribute('aria-expanded', 'false');
  await page.reload();
  await chat.hasState('completed');
  await chat.reply.getByRole('button', { name: /Thought/ }).click();
  await expect(chat.reply.locator('.markdown')).toHaveCount(2);
});
