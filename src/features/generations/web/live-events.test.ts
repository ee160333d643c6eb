import { beforeAll, expect, it, vi } from 'vitest';
import type { LiveFrame } from '#web/live/live-connection.ts';

const sent = vi.hoisted(() => [] as string[]);
vi.mock('#web/live/live-connection.ts', () => ({
  sendLive: (type: string) => sent.push(type),
}));
vi.mock('#web/api/http.ts', () => ({ api: async () => ({ chatId: 'c1', messageId: 'm1', model: 'a/b' }) }));

let receiveFrame: (frame: LiveFrame) => void;
let replyOf: (id: string) => unknown;
beforeAll(async () => {
  vi.stubGlobal('document', { hidden: false });
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => setTimeout(run, 0));
  ({ receiveFrame } = await import('./live-events.ts'));
  const { useReplies } = await import('./replies.ts');
  replyOf = (id) => useReplies.getState().replies[id]?.reply;
});

it('an event of a type that is not known moves a reply on, and is not taken for a gap', async () => {
  const frames: [string, object][] = [
    ['message_start', { messageId: 'm1', model: 'a/b' }],
    ['content_delta', { delta: 'One ' }],
    ['mind_reading', { thoughts: 'deep' }],
    ['content_delta', { delta: 'and two.' }],
  ];
  for (const [at, [type, data]] of frames.entries())
    receiveFrame({ type, payload: { ...data, generationId: 'g1', seq: at + 1 } });
  await vi.waitFor(() =>
    expect(replyOf('g1')).toMatchObject({ seq: 4, content: [{ type: 'text', text: 'One and two.' }] }),
  );
  // A passing event that is not known says nothing about a reply.
  receiveFrame({ type: 'weather', payload: { generationId: 'g2' } });
  expect([sent, replyOf('g2')]).toEqual([[], undefined]);
});
