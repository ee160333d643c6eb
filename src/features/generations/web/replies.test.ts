import { beforeEach, describe, expect, it } from 'vitest';
import { reasoningOf, textOf } from '#features/messages/rules.ts';
import type { LoggedEvent } from '../stream-events.ts';
import { advanceAll, isWaiting, noteReply, type ReplyFrame, runningIn, useReplies } from './replies.ts';

const id = 'g1';
const event = (seq: number, event: LoggedEvent): { generationId: string; frame: ReplyFrame } => ({
  generationId: id,
  frame: { kind: 'event', event, seq },
});
const start = event(1, { type: 'message_start', data: { messageId: 'm1', generationId: id, model: 'a/b' } });
const text = (seq: number, delta: string) => event(seq, { type: 'content_delta', data: { delta } });
const thought = (seq: number, delta: string) => event(seq, { type: 'reasoning_delta', data: { delta } });
const metadata = { model: 'a/b', inputTokens: 1, outputTokens: 2, ttftMs: 3, durationMs: 4 };
const end = (seq: number) =>
  event(seq, { type: 'message_end', data: { state: 'completed', finishReason: 'stop', metadata } });
const queue = (position: number | null) => ({
  generationId: id,
  frame: {
    kind: 'queue',
    data: { position, queueSize: position === null ? null : 3, etaSeconds: null, stage: 'waiting' },
  } satisfies ReplyFrame,
});
const live = () => useReplies.getState().replies[id]!;

beforeEach(() => useReplies.setState({ replies: {} }));

describe('a reply that is being written', () => {
  it('is drawn from its events in order, and says once that it ended', () => {
    noteReply(id, { chatId: 'c1' });
    expect(advanceAll([start, thought(2, 'hm '), text(3, 'Hel'), text(4, 'lo')]).ended).toEqual([]);
    expect([textOf(live().reply.content), reasoningOf(live().reply.content)]).toEqual(['Hello', 'hm ']);
    expect(live()).toMatchObject({ messageId: 'm1', model: 'a/b', chatId: 'c1' });
    expect(runningIn(useReplies.getState().replies, 'c1')).toHaveLength(1);
    expect(advanceAll([end(5), end(5)]).ended.map(({ generationId }) => generationId)).toEqual([id]);
    expect(runningIn(useReplies.getState().replies, 'c1')).toEqual([]);
  });

  it('takes what it has already without repeating it', () => {
    advanceAll([start, text(2, 'a'), text(2, 'a'), start, text(3, 'b')]);
    expect(textOf(live().reply.content)).toBe('ab');
  });

  it('asks for what is missing from where it stands, and draws nothing out of order', () => {
    const { gaps } = advanceAll([start, text(2, 'a'), text(4, 'c')]);
    expect([...gaps]).toEqual([[id, 2]]);
    expect(textOf(live().reply.content)).toBe('a');
    expect([...advanceAll([text(3, 'b'), text(4, 'c')]).gaps]).toEqual([]);
    expect(textOf(live().reply.content)).toBe('abc');
  });

  it('starts over from a snapshot, unless it knows more than the snapshot does', () => {
    const snapshot = (seq: number, words: string) => ({
      generationId: id,
      frame: {
        kind: 'snapshot',
        data: { seq, messageId: 'm1', content: [{ type: 'text', text: words }], state: 'running' },
      } satisfies ReplyFrame,
    });
    advanceAll([snapshot(9, 'all so far'), text(10, '!')]);
    expect(textOf(live().reply.content)).toBe('all so far!');
    advanceAll([snapshot(9, 'all so far')]);
    expect(textOf(live().reply.content)).toBe('all so far!');
  });

  it('waits until it has no place in line any more, and cannot go back into it after its end', () => {
    advanceAll([queue(2)]);
    expect(isWaiting(live())).toBe(true);
    advanceAll([queue(null)]);
    expect(isWaiting(live())).toBe(false);
    advanceAll([start, end(2), queue(1)]);
    expect(live().queue?.position).toBeNull();
  });
});
