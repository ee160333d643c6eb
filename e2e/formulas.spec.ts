/** Formulas, diagrams and pictures in what a model writes. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { faults } from './harness/axe.ts';
import { atRest, type ChatPage, expect, test } from './harness/story.ts';

async function say(chat: ChatPage, markdown: string, how = 'rate=0'): Promise<void> {
  await chat.send(`Show me\n/script ${how} text=${JSON.stringify(markdown)}`);
  await chat.hasState('completed');
}

test('formulas are set, amounts of money are not, and the copy is as the model wrote it', async ({
  page,
  chat,
  complaints,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await chat.open();
  const text =
    'For $5 and $10: $a_1 + b$ and \\(x^2\\).\n\n$$\n\\frac{a}{b}\n= c\n$$\n\n- so\n  \\[\n  y\n  \\]\n\nBroken: $\\frac{a$ here.';
  await say(chat, text);
  await expect(chat.reply.locator('.katex')).toHaveCount(4);
  await expect(chat.reply).toContainText('For $5 and $10:');
  // What cannot be set stands as it is written.
  await expect(chat.reply.locator('code')).toHaveText('\\frac{a');
  // Those who hear the page are told what it means.
  await expect(chat.reply.locator('math mfrac').first()).toBeAttached();
  await expect(chat.reply.getByRole('group', { name: 'Formula' })).toHaveCount(2);
  // In its own letters, from Parley.
  const family = await chat.reply
    .locator('.katex .mathnormal')
    .first()
    .evaluate((letter) => getComputedStyle(letter).fontFamily);
  expect(family).toContain('KaTeX_Math');
  expect(await page.evaluate(() => document.fonts.check('italic 1em KaTeX_Math'))).toBe(true);
  expect(await faults(page)).toEqual([]);
  await chat.reply.getByRole('button', { name: 'Copy', exact: true }).first().click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text);
  await page.reload();
  await expect(chat.reply.locator('.katex')).toHaveCount(4);
  expect(complaints).toEqual([]);
});

test('while a formula comes in no half of it is seen, and a hostile one holds nothing up', async ({
  page,
  chat,
}) => {
  test.setTimeout(90_000);
  await chat.open();
  await page.evaluate(() => {
    const seen = new Set<string>();
    Object.assign(window, { seen });
    setInterval(() => {
      for (const text of document.querySelectorAll('[data-role="assistant"] .markdown p'))
        seen.add(text.textContent ?? '');
    }, 10);
  });
  await say(chat, 'Then $\\alpha_{12}$ and \\(\\beta\\) it is $5.', 'drip=15');
  const seen = await page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen]);
  expect(seen.length).toBeGreaterThan(2);
  expect(seen.filter((text) => /\\\(|\$\\|_\{/.test(text.replace(/\\alpha_\{12\}|\\beta/g, '')))).toEqual([]);
  const bomb =
    '\\def\\a{xxxxxxxxxx}\\def\\b{\\a\\a\\a\\a}\\def\\c{\\b\\b\\b\\b}\\def\\d{\\c\\c\\c\\c}\\d\\d\\d\\d';
  await say(
    chat,
    `$${bomb}$\n\n$$${'\\sqrt{'.repeat(400)}x${'}'.repeat(400)}$$\n\n$\\href{javascript:alert(1)}{x}$\n\nAfter all $y$.`,
  );
  await expect(chat.reply).toContainText('After all');
  await expect(chat.reply.locator('.katex').last()).toBeVisible();
  expect(await chat.reply.locator('a[href], img, script').count()).toBe(0);
});

test('a diagram is drawn once its code is whole, in both themes, and gives way to its code', async ({
  page,
  chat,
  complaints,
}) => {
  test.setTimeout(90_000);
  await page.emulateMedia({ colorScheme: 'light' });
  await chat.open();
  const code = 'flowchart LR\n  A[Person] --> B{Queue}\n  B --> C[Model]';
  await say(chat, `Here:\n\n\`\`\`mermaid\n${code}\n\`\`\`\n\nThat is all.`, 'rate=40');
  const figure = chat.reply.locator('figure');
  const picture = figure.getByRole('img');
  await expect(picture).toBeVisible({ timeout: 30_000 });
  const light = await picture.getAttribute('src');
  expect(decodeURIComponent(light!)).toContain('Person');
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
  expect((await picture.boundingBox())!.height).toBeLessThan(460);
  expect(await faults(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(picture).not.toHaveAttribute('src', light!);
  await figure.getByRole('button', { name: 'Code', exact: true }).click();
  await expect(figure.locator('pre')).toHaveText(code);
  await figure.getByRole('button', { name: 'Diagram', exact: true }).click();
  const enlarge = figure.getByRole('button', { name: 'Enlarge the diagram' });
  await enlarge.click();
  const dialog = page.getByRole('dialog', { name: 'Diagram' });
  await expect(dialog.getByRole('img')).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(enlarge).toBeFocused();
  expect(complaints).toEqual([]);
});

test('a diagram that is none stays code, and a hostile one reaches nothing', async ({ page, chat }) => {
  test.setTimeout(90_000);
  const seen: string[] = [];
  page.on('dialog', (dialog) => {
    seen.push(dialog.message());
    void dialog.dismiss();
  });
  await page.route(/evil\.test/, (route) => {
    seen.push(route.request().url());
    return route.abort();
  });
  await chat.open();
  await say(chat, '```mermaid\nflowchart LR\n A --> --> {{{\n```');
  await expect(chat.reply.getByText('This diagram could not be drawn.')).toBeVisible({ timeout: 30_000 });
  await expect(chat.reply.locator('pre')).toContainText('A --> -->');
  await say(
    chat,
    '```mermaid\n%%{init: {"securityLevel": "loose", "themeCSS": "@import url(https://evil.test/c); * {background: url(https://evil.test/b)}", "htmlLabels": true, "flowchart": {"htmlLabels": true}}}%%\nflowchart LR\n  A["<img src=https://evil.test/x onerror=alert(1)><script>alert(2)</script>"] --> B\n  click A "javascript:alert(3)"\n  click B call alert(4)\n```',
  );
  await expect(chat.reply.locator('figure img, figure [role="status"]')).toBeVisible({ timeout: 30_000 });
  await atRest(page);
  expect(seen).toEqual([]);
  expect(await page.locator('#root :is(script, foreignObject, iframe)').count()).toBe(0);
  // It was drawn where it could read nothing.
  await expect(page.locator('iframe[src="frames/diagram.html"]')).toHaveAttribute('sandbox', 'allow-scripts');
});

test('a picture from elsewhere is fetched by a click alone, and enlarged by the next', async ({
  page,
  chat,
}) => {
  const asked: string[] = [];
  const server = createServer((request, response): unknown => {
    asked.push(
      `${request.url} ${request.headers.referer ?? 'no referrer'} ${request.headers.cookie ?? 'no cookie'}`,
    );
    if (request.url === '/none.png') return response.writeHead(404).end('nothing here');
    response.setHeader('content-type', 'image/svg+xml');
    return response.end(
      '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><rect width="400" height="200" fill="teal"/></svg>',
    );
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await chat.open();
  await say(chat, `![a cat](${url}/cat.svg?q=1)\n\n![none](${url}/none.png)`);
  const show = chat.reply.getByRole('button', { name: /^Show the image “a cat” from 127\.0\.0\.1/ });
  await expect(show).toBeVisible();
  await atRest(page);
  expect(asked).toEqual([]);
  await show.click();
  const enlarge = chat.reply.getByRole('button', { name: 'Enlarge the image “a cat”' });
  await expect(enlarge).toBeFocused();
  expect(asked).toEqual(['/cat.svg?q=1 no referrer no cookie']);
  expect(await enlarge.boundingBox()).toMatchObject({ width: 400, height: 200 });
  expect(await faults(page)).toEqual([]);
  await enlarge.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'a cat' });
  await expect(dialog.frameLocator('iframe').locator('img')).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(enlarge).toBeFocused();
  await chat.reply.getByRole('button', { name: /^Show the image “none”/ }).click();
  await expect(chat.reply.getByText('The image could not be loaded.')).toBeVisible();
  await expect(chat.reply.getByRole('link', { name: 'Open in a new tab' })).toHaveAttribute(
    'href',
    `${url}/none.png`,
  );
  server.close();
});
