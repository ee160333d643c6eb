/** What Anthropic's Messages API is asked. */
import { parseBounded } from '#platform/bounded-json.ts';
import type { ProviderMessage, ProviderRequest } from './provider.ts';

/** The API demands a bound; every current model allows this one. */
const DEFAULT_MAX_TOKENS = 8_192;

/** The body of `POST /messages`. System messages, wherever they stand, become the one `system` text. */
export function toAnthropicBody(request: ProviderRequest): string {
  const system = request.messages
    .filter((message) => message.role === 'system')
    .map((message) => message.text);
  const tools = request.toolChoice === 'none' ? undefined : request.tools;
  return JSON.stringify({
    model: request.model,
    max_tokens: request.maxTokens ?? DEFAULT_MAX_TOKENS,
    stream: true,
    system: system.length > 0 ? system.join('\n\n') : undefined,
    messages: withoutTrailingSpace(toTurns(request.messages)),
    // Anthropic's scale ends at 1, OpenAI's at 2.
    temperature: request.temperature === undefined ? undefined : Math.min(request.temperature, 1),
    top_p: request.topP,
    stop_sequences: request.stop?.length ? request.stop : undefined,
    tools: tools?.map((tool) => ({
      name: tool.name,
      description: tool.description,
      input_schema: tool.parameters ?? { type: 'object' },
    })),
    tool_choice: tools && toToolChoice(request.toolChoice),
  });
}

function toToolChoice(choice: unknown): unknown {
  if (choice === 'auto') return { type: 'auto' };
  if (choice === 'required') return { type: 'any' };
  const name = (choice as { function?: { name?: unknown } } | null | undefined)?.function?.name;
  return typeof name === 'string' ? { type: 'tool', name } : undefined;
}

type Turn = { role: 'user' | 'assistant'; content: object[] };

/** Turns must alternate and must not be empty; neighbours of one role are joined, their texts by a blank line. */
function toTurns(messages: ProviderMessage[]): Turn[] {
  const turns: Turn[] = [];
  for (const message of messages) {
    if (message.role === 'system') continue;
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    const content = toBlocks(message);
    if (content.length === 0) continue;
    const last = turns.at(-1);
    if (last?.role === role) join(last.content as Block[], content as Block[]);
    else turns.push({ role, content });
  }
  return turns;
}

type Block = { type: string; text?: string };

function join(blocks: Block[], [first, ...more]: Block[]): void {
  const last = blocks.at(-1);
  if (last?.type === 'text' && first?.type === 'text') last.text = `${last.text}\n\n${first.text}`;
  else if (first) blocks.push(first);
  blocks.push(...more);
}

/** A last turn of the assistant is one to go on from; the API refuses one that ends in white space. */
function withoutTrailingSpace(turns: Turn[]): Turn[] {
  const last = turns.at(-1)?.content.at(-1) as { text?: string } | undefined;
  if (turns.at(-1)?.role === 'assistant' && last?.text !== undefined) last.text = last.text.trimEnd();
  return turns;
}

function toBlocks(message: ProviderMessage): object[] {
  if (message.role === 'tool')
    return [{ type: 'tool_result', tool_use_id: message.toolCallId, content: message.text }];
  // Text of white space alone is refused.
  const text = message.text.trim() === '' ? [] : [{ type: 'text', text: message.text }];
  if (message.role !== 'assistant') return text;
  const calls = (message.toolCalls ?? []).map((call) => ({
    type: 'tool_use',
    id: call.id,
    name: call.name,
    input: parseObject(call.arguments),
  }));
  return [...text, ...calls];
}

function parseObject(text: string): object {
  try {
    const value: unknown = parseBounded(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
