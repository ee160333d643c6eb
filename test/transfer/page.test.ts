/** A chat as a web page of one file: what it draws, and whose thread, time and connection that takes. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, signUp } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { bringIn, takeOut } from './people.ts';

let parley: TestParley;
let ada: Person;
beforeAll(async () => {
  parley = await startTestParley();
  ada = await signUp(parley.url);
});
afterAll(() => parley.close());

type Said = { role: string; content: object[] };
const says = (role: string, text: string): Said => ({ role, content: [{ type: 'text', text }] });

/** A chat of these turns, one below the other; gives its id. */
async function bringInTurns(person: Person, turns: Said[]): Promise<string> {
  const ids = turns.map(() => randomUUID());
  const messages = turns.map((turn, at) => ({ id: ids[at], parentId: ids[at - 1] ?? null, ...turn }));
  const { body } = await bringIn(person, { schema: 'parley.chat/1', id: randomUUID(), title: 'T', messages });
  return body.items[0]!.chatId!;
}

test('replies and thoughts are drawn, and what people typed stands as they typed it, with their code', async () => {
  const chatId = await bringInTurns(ada, [
    says('user', 'a **b**\n  c\n```\nx = 1\n```'),
    {
      role: 'assistant',
      content: [
        { type: 'reasoning', text: '_hm_\u2028' },
        { type: 'tool_call', toolCallId: '1', name: 'look', arguments: '{"a": "**b**"}' },
        { type: 'tool_result', toolCallId: '1', result: '**raw**' },
        { type: 'text', text: 'One **bold' },
        { type: 'text', text: '** word[^1]\n\n[^1]: note' },
      ],
    },
    says('user', '# no heading'),
    says('assistant', 'And[^1]\n\n[^1]: another'),
  ]);
  const html = await takeOut(ada, `${chatId}/export?format=html&language=ru`);
  expect(html).toContain('<div class="text" dir="auto">a **b**\n  c</div>\n<pre dir="auto">x = 1</pre>');
  expect(html).toContain('<summary>Рассуждения</summary><p dir="auto"><em>hm</em>\u2028</p>');
  expect(html).toContain('{&quot;a&quot;: &quot;**b**&quot;}');
  expect(html).toContain('>**raw**<');
  // Neighbouring texts are one.
  expect(html).toContain('One <strong>bold</strong> word');
  expect(html).toContain('># no heading<');
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(ids).toHaveLength(4);
  expect(new Set(ids).size).toBe(4);
  expect(html).toContain('aria-label="Сноски"');
  expect(html.trimEnd().endsWith('</html>')).toBe(true);
});

test('a page that takes long to draw keeps no other export waiting', async () => {
  const hostile = `${'_a_'.repeat(30_000)}b`;
  const chatId = await bringInTurns(
    ada,
    Array.from({ length: 2 }, () => says('assistant', hostile)),
  );
  let done = 0;
  // More at a time than are drawn at a time, and than there are connections for exports.
  const pages = Array.from({ length: 3 }, async () => {
    const html = await takeOut(ada, `${chatId}/export?format=html`);
    done += 1;
    return html;
  });
  const bob = await signUp(parley.url);
  const other = await bringInTurns(bob, [says('user', 'quick')]);
  expect(await takeOut(bob, `${other}/export?format=md`)).toContain('quick');
  expect(done).toBe(0);
  for (const html of await Promise.all(pages)) expect(html.match(/class="text"/g)).toHaveLength(2);
});

test('who goes away while a page is drawn leaves its place to the next', async () => {
  const hostile = `${'_a_'.repeat(30_000)}b`;
  const chatId = await bringInTurns(
    ada,
    Array.from({ length: 3 }, () => says('assistant', hostile)),
  );
  for (let time = 0; time < 3; time++) {
    const gone = new AbortController();
    const answer = await ada.fetch(`/api/v1/chats/${chatId}/export?format=html`, { signal: gone.signal });
    expect(answer.status).toBe(200);
    gone.abort();
  }
  const other = await bringInTurns(ada, [says('assistant', 'a **quick** one')]);
  expect(await takeOut(ada, `${other}/export?format=html`)).toContain('<strong>quick</strong>');
});
