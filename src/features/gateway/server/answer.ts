/** What both kinds of answer share: how a reply is said in OpenAI's words. */

import type { ReplyState } from '#features/generations/apply-event.ts';
import type { EndMetadata } from '#features/messages/endings.ts';
import { reasoningOf, textOf } from '#features/messages/rules.ts';
import type { ChatCompletion, Usage } from '../gateway.ts';

/** What stands in every piece of one answer. */
export type Facts = { id: string; created: number; model: string };

export const factsOf = (generationId: string, model: string): Facts => ({
  id: `chatcmpl-${generationId}`,
  created: Math.floor(Date.now() / 1000),
  model,
});

const FINISH_REASONS = new Set(['stop', 'length', 'tool_calls', 'content_filter']);

/** One of OpenAI's reasons; `stop` for those of other servers that it has no word for. */
export function finishReasonOf(reason: string | null, hasToolCalls: boolean): string {
  if (hasToolCalls && reason !== 'length') return 'tool_calls';
  return reason !== null && FINISH_REASONS.has(reason) ? reason : 'stop';
}

export function usageOf(metadata: EndMetadata | null): Usage {
  const prompt = metadata?.inputTokens ?? 0;
  const completion = metadata?.outputTokens ?? 0;
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}

/** A reply that completed, as one answer. */
export function toChatCompletion(
  facts: Facts,
  { content, metadata }: ReplyState,
  finishReason: string | null,
): ChatCompletion {
  const reasoning = reasoningOf(content);
  const text = textOf(content);
  const calls = content.flatMap((part) =>
    part.type === 'tool_call'
      ? [
          {
            id: part.toolCallId,
            type: 'function' as const,
            function: { name: part.name, arguments: part.arguments },
          },
        ]
      : [],
  );
  const message = {
    role: 'assistant' as const,
    content: text === '' && calls.length > 0 ? null : text,
    refusal: null,
    ...(reasoning !== '' && { reasoning_content: reasoning }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
  const choice = {
    index: 0,
    message,
    finish_reason: finishReasonOf(finishReason, calls.length > 0),
    logprobs: null,
  };
  return { ...facts, object: 'chat.completion', choices: [choice], usage: usageOf(metadata) };
}
