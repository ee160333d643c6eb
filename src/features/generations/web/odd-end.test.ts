import { expect, it } from 'vitest';
import type { Part } from '#features/messages/messages.ts';
import { EMPTY_REPLY } from '../apply-event.ts';
import { oddEnd } from './odd-end.ts';
import type { LiveReply } from './replies.ts';
import { type ReplyView, viewReply } from './reply-view.ts';

const text = (words: string): Part[] => [{ type: 'text', text: words }];
const view = (content: Part[], finishReason: string | null, state: ReplyView['state'] = 'completed') =>
  ({ content, finishReason, state }) as unknown as ReplyView;

it('tells a reply that says nothing from one that was cut or filtered, and those from a whole one', () => {
  expect(oddEnd(view(text('All of it.'), 'stop'))).toBeNull();
  expect(oddEnd(view([], 'stop'))).toBe('empty');
  expect(oddEnd(view(text(' \n'), 'stop'))).toBe('empty');
  expect(oddEnd(view([{ type: 'reasoning', text: 'Hm.' }], 'stop'))).toBe('empty');
  expect(oddEnd(view(text('Half of'), 'length'))).toBe('cut');
  expect(oddEnd(view([{ type: 'reasoning', text: 'Hm, well' }], 'length'))).toBe('cutEmpty');
  expect(oddEnd(view([], 'content_filter'))).toBe('filtered');
  expect(oddEnd(view(text('Half of'), 'length', 'running'))).toBeNull();
  expect(oddEnd(view([], null, 'cancelled'))).toBeNull();
});

it('knows why a reply ended from its last event, before its message is stored', () => {
  const reply = { ...EMPTY_REPLY, content: text('Half of'), state: 'completed', finishReason: 'length' };
  const live = { reply, model: null } as unknown as LiveReply;
  expect(oddEnd(viewReply({ content: [], ending: null } as never, live))).toBe('cut');
});
