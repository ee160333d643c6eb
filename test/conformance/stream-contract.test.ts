/**
 * The stream contract, as any client may check it against any Parley: by default one made for the test, else
 * PARLEY_URL=http://… (as a guest, or with PARLEY_API_KEY) npx vitest run test/conformance
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import {
  applyEvent,
  applySnapshot,
  EMPTY_REPLY,
  type ReplyState,
} from '#features/generations/apply-event.ts';
import { isTerminalEvent } from '#features/generations/rules.ts';
import type { LoggedEvent, MessageSnapshot } from '#features/generations/stream-events.ts';
import type { Part } from '#features/messages/messages.ts';
import { textOf } from '#features/messages/rules.ts';
import { guest, type Person, personWith } from '../harness/accounts.ts';
import { addEndpoint } from '../harness/endpoints.ts';
import { startTestParley } from '../harness/parley.ts';
import { follow, readStream, type StreamEvent, sendStreaming } from '../harness/streams.ts';

const { PARLEY_URL, PARLEY_API_KEY } = process.env;
const PROMPT = PARLEY_URL ? 'Count from one to fifty in words.' : '/script tokens=80 rate=60';

let url: string;
let close = async () => {};
let reader: Person;
/** The reply the sender saw, read to its end; what a second reader, who came in the middle, saw of it. */
let events: StreamEvent[];
let joined: StreamEvent[];
let generationId: string;
let chatId: string;

beforeAll(async () => {
  if (PARLEY_URL) url = PARLEY_URL.replace(/\/$/, '');
  else {
    const parley = await startTestParley();
    await addEndpoint(parley.services);
    ({ url, close } = parley);
  }
  reader = PARLEY_API_KEY ? withKey(PARLEY_API_KEY) : await guest(url);
  let second: Promise<StreamEvent[]> | undefined;
  events = await readStream(await sendStreaming(reader, PROMPT), (event) => {
    const seq = seqOf(event);
    if (seq !== null && seq >= 5 && !second)
      second = follow(reader, event.id!.split(':')[0]!).then((answer) => readStream(answer));
    return false;
  });
  joined = (await second) ?? [];
  const start = events.find((event) => event.type === 'message_start')!;
  generationId = start.data.generationId as string;
  const saved = events.find((event) => event.type === 'user_message_saved')!;
  chatId = (saved.data.message as { chatId: string }).chatId;
});
afterAll(() => close());

function withKey(key: string): Person {
  const person = personWith(url, { userId: '', email: '', cookie: '' });
  return {
    ...person,
    fetch: (path, init = {}) =>
      person.fetch(path, { ...init, headers: { ...init.headers, authorization: `Bearer ${key}` } }),
  };
}

const seqOf = ({ id }: StreamEvent): number | null =>
  id === undefined || id === '' ? null : Number(id.split(':')[1]);
const loggedOf = (all: StreamEvent[]) =>
  all.filter((event) => seqOf(event) !== null && event.type !== 'message_snapshot');

/** What a client has on its screen after these events. */
const replyAfter = (all: StreamEvent[], from: ReplyState = EMPTY_REPLY): ReplyState =>
  all.reduce((reply, event) => {
    if (event.type === 'message_snapshot') return applySnapshot(event.data as MessageSnapshot);
    const seq = seqOf(event);
    return seq === null
      ? reply
      : applyEvent(reply, { type: event.type, data: event.data } as LoggedEvent, seq);
  }, from);

const readFrom = async (place?: string) => readStream(await follow(reader, generationId, place));

test('logged events are numbered from 1 without a gap, passing ones not at all', () => {
  const numbers = loggedOf(events).map(seqOf);
  expect(numbers.length).toBeGreaterThan(5);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  for (const event of events)
    if (['queue_update', 'user_message_saved', 'task_update'].includes(event.type))
      expect(event.id ?? '').toBe('');
    else expect(event.id).toBe(`${generationId}:${seqOf(event)}`);
});

test('the first logged event is message_start, and the end comes once, last', () => {
  expect(loggedOf(events)[0]!.type).toBe('message_start');
  expect(events.filter((event) => isTerminalEvent(event.type))).toEqual([events.at(-1)]);
  expect(events.at(-1)!.data).toMatchObject({
    state: 'completed',
    metadata: { model: expect.any(String), durationMs: expect.any(Number) },
  });
});

test('the deltas add up to the stored text, and none cuts a character', async () => {
  const { items } = (await (await reader.fetch(`/api/v1/chats/${chatId}/messages`)).json()) as {
    items: { generationId: string | null; content: Part[] }[];
  };
  const stored = items.find((message) => message.generationId === generationId)!;
  const deltas = events
    .filter((event) => event.type === 'content_delta')
    .map((event) => event.data.delta as string);
  expect(deltas.join('')).toBe(textOf(stored.content));
  for (const delta of deltas) expect(delta.isWellFormed()).toBe(true);
});

test('who joins in the middle gets the state so far and then the rest, and ends with the same reply', () => {
  expect(loggedOf(joined).length).toBeGreaterThan(0);
  const snapshot = joined.find((event) => event.type === 'message_snapshot')!;
  expect(snapshot.id).toBe(`${generationId}:${snapshot.data.seq}`);
  expect(seqOf(loggedOf(joined)[0]!)).toBe((snapshot.data.seq as number) + 1);
  expect(replyAfter(joined)).toEqual(replyAfter(events));
});

test('from every place the rest comes, once', async () => {
  const logged = loggedOf(events);
  for (let place = 0; place < logged.length; place++) {
    const rest = await readFrom(`${generationId}:${place}`);
    expect(rest.map((event) => [event.id, event.type, event.data])).toEqual(
      logged.slice(place).map((event) => [event.id, event.type, event.data]),
    );
  }
});

test('who has the end already is told that there is no more', async () => {
  const answer = await follow(reader, generationId, events.at(-1)!.id);
  expect(answer.status).toBe(204);
});

test('without a place, or with one that is none, the state comes and then the end', async () => {
  const { length } = loggedOf(events);
  for (const place of [
    undefined,
    `${generationId}:${length + 1}`,
    `${randomUUID()}:1`,
    'nonsense',
    `${generationId}:-1`,
  ]) {
    const answer = await readFrom(place);
    expect([place, ...answer.map((event) => event.type)]).toEqual([
      place,
      'message_snapshot',
      events.at(-1)!.type,
    ]);
    expect(replyAfter(answer)).toEqual(replyAfter(events));
  }
});

test('a WebSocket carries the same events', async () => {
  const frames: { type: string; payload: Record<string, unknown> }[] = [];
  const headers = {
    ...(reader.cookie && { cookie: reader.cookie }),
    ...(PARLEY_API_KEY && { authorization: `Bearer ${PARLEY_API_KEY}` }),
  };
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/v1/chats/${chatId}/stream`, { headers });
  const ended = Promise.withResolvers<void>();
  socket.on('error', ended.reject);
  socket.on('message', (text) => {
    const frame = JSON.parse(String(text)) as (typeof frames)[number];
    frames.push(frame);
    if (frame.type === 'ready') {
      socket.send(
        JSON.stringify({ type: 'cancel', payload: { generationId: randomUUID(), ref: 'not mine' } }),
      );
      socket.send(JSON.stringify({ type: 'ping', payload: { ref: 'p' } }));
      socket.send(JSON.stringify({ type: 'subscribe', payload: { generationId, after: 0 } }));
    }
    // Answers come when they are ready, not in the order of what was asked.
    const came = (what: (type: string) => boolean) => frames.some(({ type }) => what(type));
    if (came(isTerminalEvent) && came((type) => type === 'pong') && came((type) => type === 'rejected'))
      ended.resolve();
  });
  await ended.promise;
  socket.close();
  expect(frames[0]!.type).toBe('ready');
  expect(frames.find(({ type }) => type === 'pong')!.payload).toEqual({ ref: 'p' });
  expect(frames.find(({ type }) => type === 'rejected')!.payload).toMatchObject({
    ref: 'not mine',
    error: { code: 'not_found' },
  });
  const same = loggedOf(events).map((event) => ({
    type: event.type,
    payload: { generationId, seq: seqOf(event), ...event.data },
  }));
  expect(frames.filter(({ payload }) => payload.seq !== undefined)).toEqual(same);
});
