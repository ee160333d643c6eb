/** What is known about a reply, from its events while it is written and from its stored message after. */
import type { Message, Part } from '#features/chats/chats.ts';
import type { GenerationError, GenerationState } from '../generations.ts';
import { hasEnded, type LiveReply } from './replies.ts';

export type ReplyView = {
  readonly content: readonly Part[];
  /** null: nothing is known yet. */
  readonly state: GenerationState | null;
  readonly error: GenerationError | null;
  readonly model: string | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly ttftMs: number | null;
  readonly durationMs: number | null;
  readonly reasoningMs: number | null;
  readonly finishReason: string | null;
};

/** A stored message that carries its end tells more than events that may have been missed. */
export function viewReply(message: Message, live: LiveReply | undefined): ReplyView {
  const stored = message.metadata as Partial<Omit<ReplyView, 'content'>>;
  const useLive = live !== undefined && (!stored.state || live.reply.content.length > 0);
  const metadata = useLive ? (live.reply.metadata ?? stored) : stored;
  return {
    content: useLive ? live.reply.content : message.content,
    state:
      (stored.state && hasEnded(stored.state) ? stored.state : live?.reply.state) ?? stored.state ?? null,
    error: (useLive ? live.reply.error : null) ?? stored.error ?? null,
    model: metadata.model ?? live?.model ?? stored.model ?? null,
    inputTokens: metadata.inputTokens ?? null,
    outputTokens: metadata.outputTokens ?? null,
    ttftMs: metadata.ttftMs ?? null,
    durationMs: metadata.durationMs ?? null,
    reasoningMs:
      live?.reasoningFrom && live.reasoningTo
        ? live.reasoningTo - live.reasoningFrom
        : (stored.reasoningMs ?? null),
    finishReason: stored.finishReason ?? null,
  };
}

/** A reply's text, its parts joined; reasoning is not text. */
export const textOf = (content: readonly Part[]): string =>
  content.map((part) => (part.type === 'text' ? part.text : '')).join('');

export const reasoningOf = (content: readonly Part[]): string =>
  content.map((part) => (part.type === 'reasoning' ? part.text : '')).join('');
