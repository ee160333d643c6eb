/** What is known about a reply, from its events while it is written and from its stored message after. */

import type { GenerationError } from '#features/messages/endings.ts';
import type { Message, Part } from '#features/messages/messages.ts';
import type { GenerationState } from '../generations.ts';
import type { LiveReply } from './replies.ts';

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
  /** How many earlier messages its model was not sent. */
  readonly omitted: number;
};

/** A stored message that carries its end tells more than events that may have been missed. */
export function viewReply({ content, ending }: Message, live: LiveReply | undefined): ReplyView {
  const useLive = live !== undefined && (!ending || live.reply.content.length > 0);
  const metadata = (useLive ? live.reply.metadata : null) ?? ending;
  return {
    content: useLive ? live.reply.content : content,
    state: ending?.state ?? live?.reply.state ?? null,
    error: (useLive ? live.reply.error : null) ?? ending?.error ?? null,
    model: metadata?.model ?? live?.model ?? null,
    inputTokens: metadata?.inputTokens ?? null,
    outputTokens: metadata?.outputTokens ?? null,
    ttftMs: metadata?.ttftMs ?? null,
    durationMs: metadata?.durationMs ?? null,
    reasoningMs: live?.reasoningFrom && live.reasoningTo ? live.reasoningTo - live.reasoningFrom : null,
    omitted: (ending?.context ?? live?.reply.context)?.omitted ?? 0,
    finishReason: ending?.finishReason ?? live?.reply.finishReason ?? null,
  };
}
