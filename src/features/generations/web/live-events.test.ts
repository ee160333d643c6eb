import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { LiveFrame } from '#web/live/live-connection.ts';

const sent = vi.hoisted(() => [] as string[]);
vi.mock('#web/live/live-connection.ts', () => ({
  sendLive: (type: string) => sent.push(type),
}));
vi.mock('#web/api/http.ts', () => ({ api: async () => ({ chatId: 'c1', messageId: 'm1', model: 'a/b' }) }));

let receiveFrame: (frame: LiveFrame) => void;
let expectNews: (generationId: string) => void;
let noteReply: (generationId: string, known: object) => void;
let replyOf: (id: string) => unknown;
beforeAll(async () => {
  vi.stubGlobal('document', { hidden: false });
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => setTimeout(run, 0));
  ({ receiveFrame, expectNews } = await import('./live-events.ts'));
  const { useReplies, noteReply: note } = await import('./replies.ts');
  noteReply = note;
  replyOf = (id) => useReplies.getState().replies[id]?.reply;
});

afterAll(() => vi.unstubAllGlobals());

const id = 'of-a-newer-server';

it('an event of a type that is not known moves a reply on, and is not taken for a gap', async () => {
  const frames: [string, object][] = [
    ['message_start', { messageId: 'm1', model: 'a/b' }],
    ['content_delta', { delta: 'One ' }],
    ['mind_reading', { thoughts: 'deep' }],
    ['content_delta', { delta: 'and two.' }],
  ];
  for (const [at, [type, data]] of frames.entries())
    receiveFrame({ type, payload: { ...data, generationId: id, seq: at + 1 } });
  await vi.waitFor(() =>
    expect(replyOf(id)).toMatchObject({ seq: 4, content: [{ type: 'text', text: 'One and two.' }] }),
  );
  // A passing event that is not known says nothing about a reply.
  receiveFrame({ type: 'weather', payload: { generationId: 'nobody’s' } });
  expect([sent, replyOf('nobody’s')]).toEqual([[], undefined]);
});

it('a reply of which nothing comes by itself is asked about, and no other', () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  for (const name of ['silent', 'heard']) {
    noteReply(name, { chatId: 'c1' });
    expectNews(name);
  }
  noteReply('heard', { queue: { position: 1, queueSize: 1, etaSeconds: null, stage: 'waiting' } });
  sent.length = 0;
  vi.advanceTimersByTime(2000);
  vi.useRealTimers();
  expect(sent).toEqual(['subscribe']);
});
