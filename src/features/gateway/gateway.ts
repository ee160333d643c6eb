/** OpenAI's Chat Completions as Parley understands it: what other programs may send. Names and shapes are OpenAI's. */
import { z } from 'zod';
import { cleanText } from '#fields';

const Text = cleanText(Number.MAX_SAFE_INTEGER);
const TextPart = z.object({ type: z.literal('text', 'field_only_text_parts'), text: Text });
const Content = z.union([Text, z.array(TextPart).min(1)]);
const ToolCall = z.object({
  id: Text.min(1),
  type: z.literal('function').default('function'),
  function: z.object({ name: Text.min(1), arguments: Text }),
});

const Turn = z.discriminatedUnion('role', [
  z.object({ role: z.enum(['system', 'developer']), content: Content }),
  z.object({ role: z.literal('user'), content: Content }),
  z.object({
    role: z.literal('assistant'),
    content: Content.nullish(),
    tool_calls: z.array(ToolCall).max(128).nullish(),
  }),
  z.object({ role: z.literal('tool'), content: Content, tool_call_id: Text.min(1) }),
]);
export type Turn = z.infer<typeof Turn>;

const Stop = cleanText(200).min(1);
const Tool = z.object({
  type: z.literal('function', 'field_only_functions'),
  function: z.object({
    name: cleanText(64).min(1),
    description: Text.nullish(),
    parameters: z.record(z.string(), z.json()).nullish(),
    strict: z.boolean().nullish(),
  }),
});
const ToolChoice = z.union([
  z.enum(['auto', 'none', 'required']),
  z.object({ type: z.literal('function'), function: z.object({ name: Text.min(1) }) }),
]);

/** Body of `POST /v1/chat/completions`. What is not named here is ignored, as `user` is. */
export const ChatCompletionInput = z.object({
  /** A model's id, or its bare name where only one endpoint has it. */
  model: cleanText(400).min(1),
  messages: z.array(Turn).min(1).max(10_000),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  max_tokens: z.int().min(1).max(1_000_000).nullish(),
  /** Wins over `max_tokens`. */
  max_completion_tokens: z.int().min(1).max(1_000_000).nullish(),
  seed: z.int().nullish(),
  stop: z.union([Stop, z.array(Stop).max(8)]).nullish(),
  reasoning_effort: z.string().nullish(),
  tools: z.array(Tool).max(128).nullish(),
  tool_choice: ToolChoice.nullish(),
  response_format: z.looseObject({ type: z.string() }).nullish(),
  n: z.literal(1, 'field_one_answer').nullish(),
});
export type ChatCompletionInput = z.infer<typeof ChatCompletionInput>;

export const Usage = z.object({
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
  total_tokens: z.int(),
});
export type Usage = z.infer<typeof Usage>;

/** What is answered when no stream was asked for. */
export const ChatCompletion = z.object({
  id: z.string(),
  object: z.literal('chat.completion'),
  /** Seconds since 1970. */
  created: z.int(),
  model: z.string(),
  choices: z.array(
    z.object({
      index: z.int(),
      message: z.object({
        role: z.literal('assistant'),
        content: z.string().nullable(),
        refusal: z.null(),
        reasoning_content: z.string().optional(),
        tool_calls: z.array(ToolCall).optional(),
      }),
      finish_reason: z.string(),
      logprobs: z.null(),
    }),
  ),
  usage: Usage,
});
export type ChatCompletion = z.infer<typeof ChatCompletion>;

export const ModelObject = z.object({
  id: z.string(),
  object: z.literal('model'),
  created: z.int(),
  owned_by: z.string(),
});
export const ModelList = z.object({ object: z.literal('list'), data: z.array(ModelObject) });
