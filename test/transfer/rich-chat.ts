import { randomUUID } from 'node:crypto';
import { type Person, signUp } from '#test/harness/accounts.ts';
import type { TestParley } from '#test/harness/parley.ts';
import { ask, make, put } from '../projects/people.ts';

const STAMP = {
  primary: 0,
  personal: null,
  project: null,
  agent: null,
  chat: 1,
  agentId: null,
  omitted: 0,
  estimatedTokens: 10,
  sha256: `sha256:${'a'.repeat(64)}`,
};

/** A shared chat of a person's with two members, forks, edits, opinions, stamps and a ledger. Returns its id. */
export async function makeRichChat({ url, database }: TestParley, ada: Person): Promise<string> {
  const bob = await signUp(url, { name: 'Bob' });
  const study = await make(ada);
  await put(ada, study, bob, 'editor');
  const { body: chat } = await ask<{ id: string }>(ada, 'POST', '/chats', {
    title: 'Refund „später“ 🫖',
    description: 'A pilot\nin two lines',
    tags: ['pilot', 'Ünïcode'],
    metadata: { wave: 1, nested: { deep: [1, null, 'x'] } },
    projectId: study.id,
    settings: { parameters: { temperature: 0.5 } },
  });
  await ask(ada, 'PUT', `/chats/${chat.id}/context`, { content: 'Be brief.' });
  const db = database.db.$client;
  const ids = Array.from({ length: 7 }, () => randomUUID());
  const [q1, r1, r2, q2, edit, q3, left] = ids as [string, string, string, string, string, string, string];
  const insert = `INSERT INTO messages (id, chat_id, parent_id, role, content, author_id, source, edited_from, excluded, metadata, ending, generation_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;
  const say = (text: string) => JSON.stringify([{ type: 'text', text }]);
  const ending = (error: object | null = null) =>
    JSON.stringify({
      model: 'e/m',
      inputTokens: 45,
      outputTokens: 10,
      ttftMs: 12,
      durationMs: 90,
      state: error ? 'failed' : 'completed',
      error,
      finishReason: error ? null : 'stop',
      context: STAMP,
    });
  const generation = async (messageId: string, error: object | null = null) => {
    const id = randomUUID();
    await db.query(
      `INSERT INTO generations (id, user_id, chat_id, message_id, user_message_id, model_name, model_id, state, finished_at, started_at,
         first_token_at, events_kept, parameters, input_tokens, output_tokens, tokens_estimated, cost, finish_reason, ttft_ms, duration_ms, error, client)
       VALUES ($1, $2, $3, NULL, NULL, 'm', 'e/m', $4, now(), now(), now(), false, '{"temperature":0.5}', 45, 10, true, 0.25, 'stop', 12, 90, $5, 'api')`,
      [id, ada.userId, chat.id, error ? 'failed' : 'completed', error && JSON.stringify(error)],
    );
    return { id, messageId };
  };
  const failure = {
    code: 'endpoint_error',
    detail: 'It broke.',
    retryable: true,
    reason: 'endpoint_error',
    params: {},
  };
  const [first, second] = [await generation(r1), await generation(r2, failure)];
  await db.query(insert, [
    q1,
    chat.id,
    null,
    'user',
    say('Cancel EHGLP3.'),
    null,
    null,
    null,
    false,
    '{"mark":"x"}',
    null,
    null,
  ]);
  await db.query(insert, [
    r1,
    chat.id,
    q1,
    'assistant',
    JSON.stringify([
      { type: 'reasoning', text: 'Hm' },
      { type: 'text', text: 'It cannot be.' },
    ]),
    null,
    null,
    null,
    false,
    '{}',
    ending(),
    first.id,
  ]);
  await db.query(insert, [
    r2,
    chat.id,
    q1,
    'assistant',
    say('No'),
    null,
    null,
    null,
    false,
    '{}',
    ending(failure),
    second.id,
  ]);
  await db.query(insert, [
    q2,
    chat.id,
    r1,
    'user',
    say('Why, says Bob?'),
    bob.userId,
    null,
    null,
    false,
    '{}',
    null,
    null,
  ]);
  await db.query(insert, [
    edit,
    chat.id,
    q1,
    'assistant',
    say('It can be.'),
    null,
    'human_edit',
    r1,
    false,
    '{}',
    null,
    null,
  ]);
  await db.query(insert, [
    q3,
    chat.id,
    edit,
    'user',
    say('Thanks'),
    null,
    null,
    null,
    true,
    '{}',
    null,
    null,
  ]);
  // A message that its person has deleted goes nowhere.
  await db.query(insert, [
    left,
    chat.id,
    q1,
    'user',
    say('Deleted secret'),
    null,
    null,
    null,
    false,
    '{}',
    null,
    null,
  ]);
  await db.query('UPDATE messages SET deleted_at = now() WHERE id = $1', [left]);
  await db.query('UPDATE chats SET leaf_message_id = $2, pinned = true WHERE id = $1', [chat.id, q2]);
  await ask(ada, 'PUT', `/messages/${r1}/rating`, { value: 1, tags: ['clear'], comment: 'Well said' });
  await ask(bob, 'PUT', `/messages/${r2}/rating`, { value: -1, comment: 'Others must not know' });
  await db.query(
    `INSERT INTO preferences (id, chat_id, user_message_id, user_id, chosen, over, verdict, reason)
     VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, 'better', 'Shorter'), (gen_random_uuid(), $1, $2, $6, $7, $8, 'better', 'Others must not know')`,
    [chat.id, q1, ada.userId, r1, [r2], bob.userId, r2, [r1]],
  );
  return chat.id;
}
