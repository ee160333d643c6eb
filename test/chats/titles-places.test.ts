/** Titles that a model makes take nobody’s place: they wait, give way, and hold up nothing. */
import { describe, expect, it } from 'vitest';
import { type Person, signUp } from '../harness/accounts.ts';
import { makeKey } from '../harness/make.ts';
import { messagesOf } from '../harness/stored.ts';
import {
  ANSWERER,
  begin,
  behave,
  ended,
  makeTitleRoom,
  sayMore,
  titleBegun,
  titled,
  titleRequests,
  titleRows,
  titlesEnded,
} from './titles-people.ts';

const room = makeTitleRoom();

describe('a title takes nobody’s place', () => {
  const asks = {
    person: async (other: Person) => ended(other, await begin(other)),
    'program in class background': async (other: Person) => {
      const key = await makeKey(other);
      const response = await fetch(`${room.parley.url}/v1/chat/completions`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          'x-parley-class': 'background',
        },
        body: JSON.stringify({ model: ANSWERER, messages: [{ role: 'user', content: 'Hi' }] }),
      });
      expect(response.status).toBe(200);
    },
  };
  it.each(Object.entries(asks))(
    'gives its slot back to a %s, also in the middle, and is made afterwards, charged once',
    async (_who, ask) => {
      await room.setSlots(1);
      behave(room.upstream, { pieces: ['Never ', 'read'], rate: 0, hang: 1 });
      const { chat } = await begin(room.ada);
      await titleBegun(room.ada);
      behave(room.upstream);
      await ask(await signUp(room.parley.url));
      await titled(room.ada, chat.id);
      const [row, ...more] = await titlesEnded(room.ada);
      expect(more).toEqual([]);
      expect(row).toMatchObject({ state: 'completed' });
      const [first, second] = titleRequests(room.upstream);
      expect(first!.completed).toBe(false);
      const between = room.upstream.requests.filter(
        ({ model, startedAt }) => model === 'normal' && startedAt > first!.startedAt,
      );
      expect(between).toHaveLength(1);
      expect(between[0]!.startedAt - first!.closedAt!).toBeLessThan(2_000);
      expect(second!.startedAt).toBeGreaterThan(between[0]!.closedAt!);
      await room.setSlots(20);
    },
  );

  it('goes on beside others while there are slots', async () => {
    await room.setSlots(2);
    behave(room.upstream, { pieces: ['Light ', 'in the air'], rate: 2 });
    const { chat } = await begin(room.ada);
    await titleBegun(room.ada);
    await asks.person(await signUp(room.parley.url));
    await titled(room.ada, chat.id);
    // Claimed once; the other one's chat gets a title of its own.
    const { rows } = await room.parley.database.db.$client.query(
      'SELECT epoch FROM generations WHERE title_of = $1',
      [chat.id],
    );
    expect(rows).toEqual([{ epoch: 1 }]);
    await room.setSlots(20);
  });

  it('holds up nothing that waits in the outbox, and is not stopped by an interruption', async () => {
    behave(room.upstream, { hang: 'first' });
    const { chat } = await begin(room.ada);
    await room.askedForTitle();
    await ended(room.ada, await sayMore(room.ada, chat.id, { when: 'next' }));
    await ended(room.ada, await sayMore(room.ada, chat.id, { when: 'interrupt' }));
    expect(await titleRows(room.ada)).toMatchObject([{ state: 'running' }]);
    expect(await messagesOf(room.ada, chat.id)).toHaveLength(6);
  });
});
