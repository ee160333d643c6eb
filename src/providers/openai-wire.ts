/** OpenAI's Chat Completions wire, as OpenAI speaks it and as LM Studio, Ollama, vLLM and llama.cpp do. */
import { parseBounded } from '#platform/bounded-json.ts';
import { badStream, failureOfServerError, readErrorObject } from './failures.ts';
import type {
  ProviderEvent,
  ProviderFailure,
  ProviderMessage,
  ProviderOutcome,
  ProviderRequest,
} from './provider.ts';
import { say } from './say.ts';
import type { WireReader } from './stream-over-http.ts';
import { createToolCallJoiner } from './tool-calls.ts';

type Delta = {
  content?: unknown;
  reasoning_content?: unknown;
  reasoning?: unknown;
  tool_calls?: unknown;
};
type Chunk = {
  choices?: { delta?: Delta | null; message?: Delta | null; finish_reason?: unknown }[] | null;
  usage?: { prompt_tokens?: unknown; completion_tokens?: unknown } | null;
  error?: unknown;
  object?: unknown;
};

/** How servers of this wire differ in what they accept. */
export type OpenAiFlavour = {
  maxTokensField: 'max_tokens' | 'max_completion_tokens';
  /** Ask for usage in the last chunk; a few servers refuse the field. */
  streamOptions: boolean;
};

/** The body of `POST /chat/completions`. */
export function toOpenAiBody(request: ProviderRequest, flavour: OpenAiFlavour): string {
  return JSON.stringify({
    model: request.model,
    messages: request.messages.map(toOpenAiMessage),
    stream: true,
    ...(flavour.streamOptions && { stream_options: { include_usage: true } }),
    temperature: request.temperature,
    [flavour.maxTokensField]: request.maxTokens,
    top_p: request.topP,
    seed: request.seed,
    stop: request.stop?.length ? request.stop : undefined,
    reasoning_effort: request.reasoningEffort,
    tools: request.tools?.map((tool) => ({ type: 'function', function: tool })),
    tool_choice: request.toolChoice,
    response_format: request.responseFormat,
  });
}

function toOpenAiMessage(message: ProviderMessage): unknown {
  if (message.role === 'tool')
    return { role: 'tool', tool_call_id: message.toolCallId, content: message.text };
  if (message.role === 'assistant' && message.toolCalls?.length)
    return {
      role: 'assistant',
      content: message.text || null,
      tool_calls: message.toolCalls.map((call) => ({
        id: call.id,
        type: 'function',
        function: { name: call.name, arguments: call.arguments },
      })),
    };
  return { role: message.role, content: message.text };
}

/** Reads one reply. `emit` gets its events; tool calls come whole, at the end. */
export function createOpenAiReader(model: string, emit: (event: ProviderEvent) => void): WireReader {
  const toolCalls = createToolCallJoiner();
  let finishReason: string | null = null;
  let ended = false;

  function readDelta(delta: Delta): void {
    const reasoning = delta.reasoning_content ?? delta.reasoning;
    if (typeof reasoning === 'string' && reasoning !== '') emit({ type: 'reasoning', text: reasoning });
    const { content } = delta;
    if (typeof content === 'string') {
      if (content !== '') emit({ type: 'text', text: content });
    } else if (Array.isArray(content)) {
      for (const part of content) if (typeof part?.text === 'string') emit({ type: 'text', text: part.text });
    }
    if (Array.isArray(delta.tool_calls)) toolCalls.addOpenAi(delta.tool_calls);
  }

  function read(chunk: Chunk): ProviderFailure | undefined {
    if (chunk.error || chunk.object === 'error')
      return failureOfServerError({ status: null, ...readErrorObject(chunk) }, model);
    const choice = Array.isArray(chunk.choices) ? chunk.choices[0] : undefined;
    const delta = choice?.delta ?? choice?.message;
    if (delta) readDelta(delta);
    if (chunk.usage)
      emit({
        type: 'usage',
        inputTokens: chunk.usage.prompt_tokens as number,
        outputTokens: chunk.usage.completion_tokens as number,
      });
    if (typeof choice?.finish_reason === 'string' && choice.finish_reason !== '') {
      finishReason = FINISH_REASONS[choice.finish_reason] ?? choice.finish_reason;
      toolCalls.flush(emit);
    }
    return undefined;
  }

  return {
    event(data, name) {
      if (data === '[DONE]') {
        ended = true;
        toolCalls.flush(emit);
        return 'end';
      }
      let chunk: unknown;
      try {
        chunk = parseBounded(data);
      } catch {
        if (name === 'error') return failureOfServerError({ status: null, message: data, code: '' }, model);
        return badStream(say('stream_garbage'));
      }
      if (typeof chunk !== 'object' || chunk === null) return badStream(say('stream_not_piece'));
      if (name === 'error') return failureOfServerError({ status: null, ...readErrorObject(chunk) }, model);
      return read(chunk) ?? (finishReason === null ? 'more' : 'finished');
    },
    whole: (body) => read(body as Chunk),
    outcome(): ProviderOutcome | null {
      if (finishReason !== null) return { ok: true, finishReason };
      return ended ? { ok: true, finishReason: toolCalls.any() ? 'tool_calls' : 'stop' } : null;
    },
  };
}

const FINISH_REASONS: Record<string, string> = {
  function_call: 'tool_calls',
  eos: 'stop',
  max_tokens: 'length',
};
