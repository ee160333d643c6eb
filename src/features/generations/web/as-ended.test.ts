import { expect, it } from 'vitest';
import type { Message } from '#features/messages/messages.ts';
import { EMPTY_REPLY } from '../apply-event.ts';
import { asEnded } from './as-ended.ts';
import { noteReply } from './replies.ts';

const message = { id: 'm', generationId: 'g', content: [], ending: null } as unknown as Message;
const content = [{ type: 'text', text: 'All of it.' }] as const;
const metadata = { model: 'm', inputTokens: 1, outputTokens: 2 } as never;
const context = { sha256: 'sha256:0' } as never;

it('an answer that was on its way while its reply ended does not take the end away', () => {
  noteReply('g', { reply: { ...EMPTY_REPLY, state: 'running', content } });
  expect(asEnded(message)).toBe(message);
  noteReply('g', {
    reply: { ...EMPTY_REPLY, state: 'completed', content, metadata, context, finishReason: 'stop' },
  });
  expect(asEnded(message)).toMatchObject({
    content,
    ending: { state: 'completed', outputTokens: 2, finishReason: 'stop', context },
  });
  const told = { ...message, ending: { state: 'stopped' } } as unknown as Message;
  expect(asEnded(told)).toBe(told);
});
