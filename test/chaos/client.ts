/** A client with bad manners and a good memory: it sends, reads, goes away, comes back, stops, and writes it all down. */
import { randomUUID } from 'node:crypto';
import { guest, type Person, signUp } from '#test/harness/accounts.ts';
import type { ClientEntry } from './evidence.ts';
import { bringChats } from './imports.ts';
import { emptyOutbox, type Keeper, writeBehind } from './outbox.ts';
import type { Random } from './random.ts';
import { type Reached, type Reader, readOnce } from './read-once.ts';

/** How long a client goes on trying to be heard; far above any recovery. */
const PATIENCE_MS = 90_000;
const SEND_TIMEOUT_MS = 12_000;
/** Messages in one chat before it begins another. */
const CHAT_LENGTH = 4;

export type Notes = {
  write(entry: Omit<ClientEntry, 'at' | 'client'> & Record<string, unknown>): void;
  /** A number for the next reading, unique in the run. */
  reading(): number;
};
export type ClientOptions = { url: string; random: Random; notes: Notes; stopped: () => boolean };
type Accepted = { generationId: string; replyId: string; chatId: string; messageId: string };

/** Sends and reads until the run is over, and then ends what it has begun. */
export async function runClient({ url, random, notes, stopped }: ClientOptions): Promise<void> {
  const { person, companion, projectId } = await persist(() => begin(url, random));
  const reader = { person, url };
  const replies: Accepted[] = [];
  let chatId = randomUUID();
  for (let sent = 0; !stopped(); sent++) {
    if (sent % CHAT_LENGTH === 0) chatId = randomUUID();
    const accepted = await send(person, notes, random, chatId, sent % CHAT_LENGTH === 0, { projectId });
    if (!accepted) continue;
    replies.push(accepted);
    let { generationId } = accepted;
    const keeper: Keeper = {
      person,
      notes,
      random,
      ask: (method, path, json) => ask(person, method, path, json, SEND_TIMEOUT_MS),
    };
    const keeps = random.chance(0.3);
    if (keeps) await writeBehind(keeper, chatId);
    // Beside the reply, as from another tab.
    const bringing = random.chance(0.4) ? bringChats({ ...keeper, random: random.fork() }) : null;
    for (let retries = 0; ; retries++) {
      const reads = [readToEnd(reader, generationId, random, notes)];
      // A second tab, which joins at some time.
      if (random.chance(0.3))
        reads.push(sleep(random.whole(0, 800)).then(() => readToEnd(reader, generationId, random, notes)));
      // Somebody else in the room, who reads along.
      if (companion && random.chance(0.5))
        reads.push(readToEnd({ person: companion, url }, generationId, random, notes));
      if (random.chance(0.12)) reads.push(stopLater(person, generationId, random, notes));
      const [end] = await Promise.all(reads);
      if (end === 'completed' || stopped() || retries === 2 || random.chance(0.4)) break;
      const next = await retry(person, generationId, notes);
      if (!next) break;
      generationId = next;
    }
    if (keeps) await emptyOutbox(keeper, chatId);
    await bringing;
    if (!stopped() && random.chance(0.5)) await changeTree({ reader, person, notes, random }, accepted);
    if (companion && !stopped() && random.chance(0.4)) {
      const theirs = await send(companion, notes, random, chatId, false);
      if (theirs) await readToEnd(reader, theirs.generationId, random, notes);
      if (theirs) replies.push(theirs);
    }
    await sleep(random.whole(0, 300));
  }
  await proveReplies(person, replies.slice(-PROVED), notes);
}

type Company = { person: Person; companion: Person | null; projectId: string | null };

/** A guest alone; or somebody who shares a project with somebody else. */
async function begin(url: string, random: Random): Promise<Company> {
  if (random.chance(0.6)) return { person: await guest(url), companion: null, projectId: null };
  const [person, companion] = [await signUp(url), await signUp(url)];
  const made = await ask(person, 'POST', '/api/v1/projects', { name: 'Room' }, SEND_TIMEOUT_MS);
  const { id: projectId } = JSON.parse(made.body) as { id: string };
  const path = `/api/v1/projects/${projectId}/members/${companion.userId}`;
  await ask(person, 'PUT', path, { role: 'editor' }, SEND_TIMEOUT_MS);
  return { person, companion, projectId };
}

/** How many of the latest replies are asked at the end what their model was told. */
const PROVED = 8;

async function proveReplies(person: Person, replies: readonly Accepted[], notes: Notes): Promise<void> {
  for (const { replyId, chatId } of replies) {
    const path = `/api/v1/messages/${replyId}/context`;
    const { status, body } = await ask(person, 'GET', path, undefined, SEND_TIMEOUT_MS);
    // It was deleted, or ended before a model was asked.
    if (status === 404) continue;
    const { verified, reason = '' } = JSON.parse(body) as { verified?: boolean; reason?: string };
    notes.write({ kind: 'proved', messageId: replyId, chatId, verified: verified === true, reason });
  }
}

type Changer = { reader: Reader; person: Person; notes: Notes; random: Random };

/** Does one thing to the tree around a reply that has ended: no other of this client's changes it meanwhile. */
async function changeTree({ reader, person, notes, random }: Changer, accepted: Accepted): Promise<void> {
  const { messageId, replyId, chatId } = accepted;
  const kind = random.whole(0, 4);
  const change = (method: string, path: string, json?: object) =>
    ask(person, method, `/api/v1/messages/${path}`, json, SEND_TIMEOUT_MS);
  const note = (answer: Answer, wanted: readonly number[]) => {
    if (!wanted.includes(answer.status)) notes.write({ kind: 'refused', what: replyId, ...answer });
    return wanted.includes(answer.status);
  };
  if (kind === 0) await send(person, notes, random, chatId, false, { parentId: null });
  // A retry whose answer was lost may be written above it.
  if (kind === 1) note(await change('POST', `${messageId}/fork`, {}), [201, 409]);
  if (kind === 2) {
    const made = await change('POST', `${replyId}/edit`, { content: 'Rewritten.' });
    if (!note(made, [201])) return;
    notes.write({
      kind: 'beside',
      messageId: (JSON.parse(made.body) as { id: string }).id,
      generationId: null,
    });
  }
  if (kind === 3) {
    // Asked again after a lost answer, it is gone already.
    if (!note(await change('DELETE', replyId), [204, 404])) return;
    notes.write({ kind: 'deleted', messageId: replyId });
    if (random.chance(0.3)) return;
    if (note(await change('POST', `${replyId}/restore`), [200]))
      notes.write({ kind: 'restored', messageId: replyId });
  }
  if (kind === 4) {
    const again = randomUUID();
    const answer = await change('POST', `${messageId}/replies`, { replyId: again, modelId: 'chaos/chaos' });
    if (!note(answer, [202])) return;
    const { generation } = JSON.parse(answer.body) as { generation: { id: string } };
    notes.write({ kind: 'beside', messageId: again, generationId: generation.id });
    await readToEnd(reader, generation.id, random, notes);
  }
}

/** Sends under ids of its own, again and again with the same ones, until it is told that it was accepted. */
async function send(
  person: Person,
  notes: Notes,
  random: Random,
  chatId: string,
  first: boolean,
  { projectId, ...more }: { parentId?: null; projectId?: string | null } = {},
): Promise<Accepted | null> {
  const message = {
    id: randomUUID(),
    replyId: randomUUID(),
    content: `Write something. mark=${randomUUID().slice(0, 8)}`,
    modelId: 'chaos/chaos',
    ...more,
  };
  const path = first ? '/api/v1/messages' : `/api/v1/chats/${chatId}/messages`;
  const json = first ? { chat: { id: chatId, projectId }, message } : message;
  // Some give up waiting early and send again, although the first was heard.
  const timeout = random.chance(0.15) ? random.whole(5, 80) : SEND_TIMEOUT_MS;
  const answer = await ask(person, 'POST', path, json, timeout);
  if (answer.status !== 202) {
    notes.write({ kind: 'refused', what: message.id, ...answer });
    return null;
  }
  const made = JSON.parse(answer.body) as { generation: { id: string } };
  const accepted = {
    messageId: message.id,
    replyId: message.replyId,
    chatId,
    generationId: made.generation.id,
  };
  notes.write({ kind: 'accepted', content: message.content, ...accepted });
  return accepted;
}

/** Reads until the last event is there, over as many connections as it takes; resolves to the state told. */
async function readToEnd(reader: Reader, id: string, random: Random, notes: Notes): Promise<string> {
  const deadline = Date.now() + PATIENCE_MS;
  let after: number | null = random.chance(0.7) ? 0 : null;
  while (Date.now() < deadline) {
    const cutAfter = random.chance(0.4) ? random.whole(0, 25) : Number.POSITIVE_INFINITY;
    // Who comes by WebSocket says nothing about where it stands.
    const over = random.chance(0.2) ? 'ws' : 'sse';
    if (over === 'ws' || random.chance(0.1)) after = null;
    const reached: Reached = await readOnce(reader, { id, after, over, cutAfter }, notes);
    if (reached.end) return reached.end;
    after = reached.seq ?? after;
    await sleep(random.whole(10, 300));
  }
  notes.write({ kind: 'refused', what: id, status: 0, body: 'the end was not told in time' });
  return 'unknown';
}

async function stopLater(person: Person, id: string, random: Random, notes: Notes): Promise<string> {
  await sleep(random.whole(0, 1500));
  const answer = await ask(person, 'POST', `/api/v1/generations/${id}/cancel`, undefined, SEND_TIMEOUT_MS);
  if (answer.status !== 200) notes.write({ kind: 'refused', what: id, ...answer });
  else {
    const { state } = JSON.parse(answer.body) as { state: string };
    notes.write({ kind: 'cancelled', generationId: id, state });
  }
  return 'stopped';
}

/** A retry has no id of its own: a lost answer may mean that it was made, so it is asked for only once. */
async function retry(person: Person, from: string, notes: Notes): Promise<string | null> {
  const response = await tryFetch(
    person,
    'POST',
    `/api/v1/generations/${from}/retry`,
    undefined,
    SEND_TIMEOUT_MS,
  );
  if (response?.status !== 202) return null;
  const { generation } = JSON.parse(response.body) as { generation: { id: string } };
  notes.write({ kind: 'retried', generationId: generation.id, from });
  return generation.id;
}

export type Answer = { status: number; body: string };

/** Asks until there is an answer other than “not now”; throws when that takes unreasonably long. */
async function ask(
  person: Person,
  method: string,
  path: string,
  json: unknown,
  firstTimeoutMs: number,
): Promise<Answer> {
  let timeout = firstTimeoutMs;
  return persist(async () => {
    const answer = await tryFetch(person, method, path, json, timeout);
    timeout = SEND_TIMEOUT_MS;
    if (!answer || answer.status >= 500)
      throw new Error(`${method} ${path}: ${answer?.status} ${answer?.body}`);
    return answer;
  });
}

async function tryFetch(
  person: Person,
  method: string,
  path: string,
  json: unknown,
  timeoutMs: number,
): Promise<Answer | null> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await person.fetch(path, { method, signal, ...(json !== undefined && { json }) });
    return { status: response.status, body: await response.text() };
  } catch {
    return null;
  }
}

async function persist<T>(work: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + PATIENCE_MS; ; ) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(150);
    }
  }
}

const sleep = (ms: number) => new Promise<string>((resolve) => setTimeout(resolve, ms, ''));
