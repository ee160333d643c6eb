/** What a client does with messages that wait: writes some behind a reply, moves, takes back and sends them, until none is left. */
import { randomUUID } from 'node:crypto';
import type { Person } from '#test/harness/accounts.ts';
import type { Answer, Notes } from './client.ts';
import type { Random } from './random.ts';

/** A call that is made again until there is an answer other than “not now”. */
type Ask = (method: string, path: string, json?: object) => Promise<Answer>;
export type Keeper = { person: Person; notes: Notes; random: Random; ask: Ask };

/** Far above the time that all of a chat's waiting messages take, recoveries included. */
const PATIENCE_MS = 90_000;
type Item = { id: string; state: 'waiting' | 'held' };

/** Writes up to three messages behind the reply that is being written in a chat. */
export async function writeBehind({ notes, random, ask }: Keeper, chatId: string): Promise<void> {
  for (let left = random.whole(1, 3); left > 0; left--) {
    const id = randomUUID();
    const content = `Then this. mark=${randomUUID().slice(0, 8)}`;
    const message = { id, content, modelId: 'chaos/chaos', when: 'next' };
    const answer = await ask('POST', `/api/v1/chats/${chatId}/messages`, message);
    if (answer.status === 202) notes.write({ kind: 'kept', messageId: id, content });
    else notes.write({ kind: 'refused', what: id, ...answer });
  }
}

/** Goes on until nothing waits in the chat any more: what is held is sent or taken back, and now and then what is not. */
export async function emptyOutbox(keeper: Keeper, chatId: string): Promise<void> {
  const { notes, random, ask } = keeper;
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; ) {
    const listed = await ask('GET', `/api/v1/chats/${chatId}/outbox`);
    const { items = [] } = JSON.parse(listed.body) as { items?: Item[] };
    const item = items[0] && random.pick(items);
    if (!item) return;
    if (item.state === 'held' || random.chance(0.1)) await actOn(keeper, item);
    await new Promise((resolve) => setTimeout(resolve, random.whole(20, 300)));
  }
  notes.write({ kind: 'refused', what: chatId, status: 0, body: 'what waited was not sent in time' });
}

async function actOn({ notes, random, ask }: Keeper, { id }: Item): Promise<void> {
  const path = `/api/v1/outbox/${id}`;
  const kind = random.next();
  if (kind < 0.15) {
    const { status } = await ask('DELETE', path);
    // Gone already: it was sent, or an earlier answer was lost.
    notes.write({ kind: 'taken-back', messageId: id, certain: status === 204 });
  } else if (kind < 0.3) {
    await ask('PATCH', path, { position: random.whole(0, 2) });
  } else {
    const answer = await ask('POST', `${path}/send`);
    if (![202, 404].includes(answer.status)) notes.write({ kind: 'refused', what: id, ...answer });
  }
}
