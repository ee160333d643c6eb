import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import type { ClientEntry, Evidence, StoredEvent, StoredGeneration } from './evidence.ts';

const START: StoredEvent = { seq: 1, type: 'message_start', data: { messageId: 'r1' } };
const delta = (seq: number, text: string): StoredEvent => ({
  seq,
  type: 'content_delta',
  data: { delta: text },
});
const END: StoredEvent = { seq: 4, type: 'message_end', data: { state: 'completed' } };
const LOG = [START, delta(2, 'c0w0 '), delta(3, 'c0w1 '), END];

/** A run in which all went well: one message, read once from the start and once from a snapshot. */
function sound(): Evidence & { clients: ClientEntry[]; generations: StoredGeneration[] } {
  const event = (reading: number, { seq, type, data }: StoredEvent): ClientEntry => ({
    at: 1,
    client: 0,
    kind: 'event',
    reading,
    seq,
    type,
    data: structuredClone(data),
  });
  const snapshot = { seq: 2, type: 'message_snapshot', data: { content: [{ type: 'text', text: 'c0w0 ' }] } };
  return structuredClone({
    clients: [
      {
        at: 1,
        client: 0,
        kind: 'accepted',
        messageId: 'm1',
        replyId: 'r1',
        chatId: 'chat',
        content: 'mark=aa',
        generationId: 'g1',
      },
      { at: 1, client: 0, kind: 'reading', reading: 1, generationId: 'g1', after: 0, over: 'sse' },
      ...LOG.map((one) => event(1, one)),
      { at: 1, client: 1, kind: 'reading', reading: 2, generationId: 'g1', after: null, over: 'ws' },
      ...[snapshot, ...LOG.slice(2)].map((one) => event(2, one)),
      { at: 1, client: 0, kind: 'proved', messageId: 'r1', chatId: 'chat', verified: true, reason: '' },
      { at: 1, client: 0, kind: 'kept', messageId: 'm2', content: 'mark=bb' },
      { at: 1, client: 0, kind: 'kept', messageId: 'm3', content: 'mark=cc' },
      { at: 1, client: 0, kind: 'taken-back', messageId: 'm3', certain: true },
    ],
    messages: [
      { id: 'm1', chatId: 'chat', role: 'user', parentId: null, deleted: false, text: 'mark=aa' },
      { id: 'r1', chatId: 'chat', role: 'assistant', parentId: 'm1', deleted: false, text: 'c0w0 c0w1 ' },
      { id: 'm2', chatId: 'chat', role: 'user', parentId: 'r1', deleted: false, text: 'mark=bb' },
    ],
    leaves: [{ chatId: 'chat', leafId: 'r1' }],
    indexed: ['m1', 'r1', 'm2'].map((messageId) => ({ messageId, chatId: 'chat', inPlace: true })),
    outbox: [],
    generations: [
      {
        id: 'g1',
        userMessageId: 'm1',
        replyId: 'r1',
        text: 'c0w0 c0w1 ',
        retryOf: null,
        state: 'completed',
        epoch: 1,
        queuedAt: 10,
        started: true,
        finishedAt: 20,
        leased: false,
        charged: 12,
        outputTokens: 2,
        lastSeq: 4,
        events: LOG,
      },
      // Of what waited: ended before its first word.
      {
        id: 'gb',
        userMessageId: 'm2',
        replyId: null,
        text: null,
        retryOf: null,
        state: 'cancelled',
        epoch: 1,
        queuedAt: 30,
        started: false,
        finishedAt: 40,
        leased: false,
        charged: 0,
        outputTokens: null,
        lastSeq: null,
        events: null,
      },
    ],
    calls: [{ number: 0, mark: 'aa', startedAt: 11, open: false }],
  });
}

type Planted = ReturnType<typeof sound>;
const g1 = (run: Planted) => run.generations[0]!;
const eventsOf = (run: Planted, reading: number) =>
  run.clients.filter((entry) => entry.kind === 'event' && entry.reading === reading);
const dropEvent = (run: Planted, reading: number, index: number) => {
  run.clients.splice(run.clients.indexOf(eventsOf(run, reading)[index]!), 1);
};

/** Each bug a run could have, with the promise that it breaks. */
const BUGS: [name: string, promise: number, plant: (run: Planted) => void][] = [
  [
    'a message that hangs on a deleted one',
    1,
    (run) => void Object.assign(run.messages[0]!, { deleted: true }),
  ],
  ['a reply that was deleted by nobody', 1, (run) => void Object.assign(run.messages[1]!, { deleted: true })],
  [
    'a reply that hangs in another chat',
    1,
    (run) => void Object.assign(run.messages[1]!, { chatId: 'other' }),
  ],
  ['a branch that ends in nothing', 1, (run) => void Object.assign(run.leaves[0]!, { leafId: 'none' })],
  [
    'a rewritten reply that is lost',
    1,
    (run) =>
      void run.clients.push({ at: 1, client: 0, kind: 'beside', messageId: 'gone', generationId: null }),
  ],
  ['a message that was acknowledged and lost', 1, (run) => void (run.messages as unknown[]).splice(0, 1)],
  [
    'a message stored with another text',
    1,
    (run) => void Object.assign(run.messages[0]!, { text: 'mark=ab' }),
  ],
  ['a message that cannot be found', 1, (run) => void (run.indexed as unknown[]).splice(0, 1)],
  ['a message found in another chat', 1, (run) => void Object.assign(run.indexed[0]!, { chatId: 'other' })],
  [
    'a message found among what is not its author’s',
    1,
    (run) => void Object.assign(run.indexed[0]!, { inPlace: false }),
  ],
  ['a reply that is gone', 1, (run) => void (run.messages as unknown[]).splice(1, 1)],
  ['a message queued twice', 1, (run) => void run.generations.push({ ...g1(run), id: 'g2', text: '' })],
  [
    'a waiting message that was sent twice',
    1,
    (run) => void run.generations.push({ ...run.generations[1]!, id: 'gc' }),
  ],
  ['a waiting message that was lost', 1, (run) => void (run.messages as unknown[]).splice(2, 1)],
  ['a waiting message that was sent and waits still', 1, (run) => void (run.outbox as string[]).push('m2')],
  [
    'a waiting message that was taken back and sent',
    1,
    (run) => void (run.messages as unknown[]).push({ ...run.messages[2]!, id: 'm3', text: 'mark=cc' }),
  ],
  [
    'a reply that is not what its stamp says',
    1,
    (run) => void Object.assign(run.clients.find(({ kind }) => kind === 'proved')!, { verified: false }),
  ],
  ['a message that was never queued', 1, (run) => void run.generations.splice(0, 1)],
  [
    'a sender refused when sending again',
    1,
    (run) => void run.clients.push({ at: 1, client: 0, kind: 'refused', what: 'm1', status: 409, body: '' }),
  ],
  [
    'text shown that was not on disk',
    2,
    (run) => {
      g1(run).events = [...LOG.slice(0, 2), { ...END, seq: 3 }];
      Object.assign(g1(run), { text: 'c0w0 ', lastSeq: 3 });
    },
  ],
  ['text shown that is not kept', 2, (run) => void Object.assign(g1(run), { events: null, text: 'c0w0 ' })],
  [
    'a generation that is stuck',
    3,
    (run) => void Object.assign(g1(run), { state: 'running', finishedAt: null }),
  ],
  ['two last events', 3, (run) => g1(run).events!.push({ ...END, seq: 5 })],
  ['no last event', 3, (run) => void g1(run).events!.pop()],
  ['a state other than told', 3, (run) => void Object.assign(g1(run), { state: 'failed' })],
  [
    'a stop that was taken back',
    3,
    (run) =>
      void run.clients.push({ at: 1, client: 0, kind: 'cancelled', generationId: 'g1', state: 'cancelled' }),
  ],
  ['a gap in what a reader got', 4, (run) => dropEvent(run, 1, 1)],
  ['a beginning that a reader did not get', 4, (run) => dropEvent(run, 1, 0)],
  ['an event told twice', 4, (run) => void run.clients.splice(4, 0, structuredClone(run.clients[3]!))],
  [
    'something told after the end',
    4,
    (run) => void run.clients.splice(6, 0, structuredClone(run.clients[5]!)),
  ],
  [
    'one number, two texts',
    4,
    (run) => void Object.assign(eventsOf(run, 2)[1]!, { data: { delta: 'c0w9 ' } }),
  ],
  [
    'a snapshot that lacks text',
    4,
    (run) => void Object.assign(eventsOf(run, 2)[0]!, { data: { content: [] } }),
  ],
  ['a gap in the log', 4, (run) => void g1(run).events!.splice(1, 1)],
  [
    'a stored text that is not the log’s',
    4,
    (run) => void Object.assign(g1(run), { text: 'c0w0 c0w1 more' }),
  ],
  [
    'a second call after text was shown',
    5,
    (run) => void (run.calls as unknown[]).push({ number: 1, mark: 'aa', startedAt: 15, open: false }),
  ],
  ['a reply made of two calls', 5, (run) => void Object.assign(g1(run), { text: 'c0w0 c1w1 ' })],
  ['a generation that was never charged', 5, (run) => void Object.assign(g1(run), { charged: null })],
  ['a charge for what never started', 5, (run) => void Object.assign(g1(run), { started: false })],
  ['a lease that is still held', 6, (run) => void Object.assign(g1(run), { leased: true })],
  ['an upstream call left open', 6, (run) => void Object.assign(run.calls[0]!, { open: true })],
];

describe('the checker', () => {
  it('finds nothing wrong with a sound run', () => {
    expect(check(sound())).toEqual([]);
  });

  it('allows another call when a person asked to retry, and when the first was lost before any text', () => {
    const run = sound();
    const early = { number: 7, mark: 'aa', startedAt: 10, open: false };
    (run.calls as unknown[]).unshift({ ...early, number: -1 });
    run.generations.push({
      ...g1(run),
      id: 'g2',
      retryOf: 'g1',
      queuedAt: 30,
      text: 'c7w0 c7w1 ',
      events: null,
    });
    (run.calls as unknown[]).push({ ...early, startedAt: 31 });
    expect(check(run)).toEqual([]);
  });

  it.each(BUGS)('catches %s', (_name, promise, plant) => {
    const run = sound();
    plant(run);
    expect(check(run).map((violation) => violation.promise)).toContain(promise);
  });
});
