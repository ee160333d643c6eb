/** From OpenAI's words into Parley's. */

import { PriorityClass } from '#features/generations/generations.ts';
import type { Question } from '#features/generations/server/index.ts';
import { EFFORTS } from '#features/settings/rules.ts';
import type { Parameters } from '#features/settings/settings.ts';
import { invalidInput } from '#platform/errors.ts';
import { say } from '#platform/say.ts';
import type { ProviderMessage } from '#providers/provider.ts';
import type { ChatCompletionInput, Turn } from '../gateway.ts';

/** Providers take seeds of 32 bits; a larger one is folded, the same each time. */
const SEED_RANGE = 2 ** 31;

/** What the model is to read, as the queue keeps it. */
export function toInput(body: ChatCompletionInput): Question['input'] {
  return {
    messages: body.messages.map(toMessage),
    ...(body.tools?.length && {
      tools: body.tools.map(({ function: tool }) => ({
        name: tool.name,
        ...(tool.description && { description: tool.description }),
        ...(tool.parameters && { parameters: tool.parameters }),
        ...(tool.strict && { strict: true }),
      })),
      ...(body.tool_choice && { toolChoice: body.tool_choice }),
    }),
    ...(body.response_format && { responseFormat: body.response_format }),
  };
}

export function toParameters(body: ChatCompletionInput): Parameters {
  const maxTokens = body.max_completion_tokens ?? body.max_tokens;
  return {
    ...(typeof body.temperature === 'number' && { temperature: body.temperature }),
    ...(typeof body.top_p === 'number' && { topP: body.top_p }),
    ...(typeof maxTokens === 'number' && { maxTokens }),
    ...(typeof body.seed === 'number' && { seed: body.seed % SEED_RANGE }),
    ...(body.stop?.length && { stop: [body.stop].flat() }),
    // What Parley has no word for its servers have none for either.
    ...(isEffort(body.reasoning_effort) && { reasoningEffort: body.reasoning_effort }),
  };
}

const isEffort = (value: unknown): value is Parameters['reasoningEffort'] & string =>
  (EFFORTS as readonly unknown[]).includes(value);

function toMessage(turn: Turn): ProviderMessage {
  const text = textOf(turn.content);
  switch (turn.role) {
    case 'tool':
      return { role: 'tool', toolCallId: turn.tool_call_id, text };
    case 'assistant': {
      const toolCalls = (turn.tool_calls ?? []).map(({ id, function: call }) => ({ id, ...call }));
      return { role: 'assistant', text, ...(toolCalls.length > 0 && { toolCalls }) };
    }
    case 'user':
      return { role: 'user', text };
    default:
      return { role: 'system', text };
  }
}

function textOf(content: Turn['content']): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map((part) => part.text).join('');
}

const CLASS_HEADER = 'x-parley-class';

/** How urgent it is: `interactive` unless the header says otherwise, because somebody waits for most answers. */
export function classFrom(headers: Record<string, unknown>): PriorityClass {
  const given = headers[CLASS_HEADER];
  if (given === undefined) return 'interactive';
  const parsed = PriorityClass.safeParse(given);
  if (parsed.success) return parsed.data;
  const options = PriorityClass.options.join(', ');
  throw invalidInput(CLASS_HEADER, say('field_choice', { field: CLASS_HEADER, options }));
}
