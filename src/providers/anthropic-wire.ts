/** How Anthropic's Messages API answers. */
import { parseBounded } from '#platform/bounded-json.ts';
import { badStream, failureOfServerError, readErrorObject } from './failures.ts';
import type { ProviderEvent, ProviderFailure, ProviderOutcome } from './provider.ts';
import { say } from './say.ts';
import type { WireReader } from './stream-over-http.ts';
import { createToolCallJoiner } from './tool-calls.ts';

type Usage = {
  input_tokens?: unknown;
  output_tokens?: unknown;
  cache_creation_input_tokens?: unknown;
  cache_read_input_tokens?: unknown;
} | null;
type Block = {
  type?: unknown;
  id?: string;
  name?: string;
  text?: unknown;
  thinking?: unknown;
  input?: unknown;
};
type Event = {
  type?: unknown;
  index?: unknown;
  message?: { usage?: Usage };
  content_block?: Block;
  delta?: {
    type?: unknown;
    text?: unknown;
    thinking?: unknown;
    partial_json?: unknown;
    stop_reason?: unknown;
  };
  usage?: Usage;
};

const STOP_REASONS: Record<string, string> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  refusal: 'content_filter',
};

/** Reads one reply. `emit` gets its events; tool calls come whole, at the end. */
export function createAnthropicReader(model: string, emit: (event: ProviderEvent) => void): WireReader {
  const toolCalls = createToolCallJoiner();
  let finishReason: string | null = null;
  let ended = false;

  const tell = (type: 'text' | 'reasoning', text: unknown) => {
    if (typeof text === 'string' && text !== '') emit({ type, text });
  };
  function readBlock(block: Block, index: unknown): void {
    if (block.type === 'text') tell('text', block.text);
    else if (block.type === 'thinking') tell('reasoning', block.thinking);
    else if (block.type === 'tool_use')
      toolCalls.add(index, { id: String(block.id), name: String(block.name) });
  }
  function readUsage(usage: Usage | undefined): void {
    if (!usage) return;
    const counts = [usage.input_tokens, usage.cache_creation_input_tokens, usage.cache_read_input_tokens];
    const input = counts.filter((count) => typeof count === 'number');
    emit({
      type: 'usage',
      ...(input.length > 0 && { inputTokens: input.reduce((sum, count) => sum + count, 0) }),
      outputTokens: usage.output_tokens as number,
    });
  }
  function stop(reason: unknown): void {
    if (typeof reason !== 'string') return;
    finishReason = STOP_REASONS[reason] ?? reason;
    toolCalls.flush(emit);
  }

  function read(event: Event): 'more' | 'finished' | 'end' | ProviderFailure {
    switch (event.type) {
      case 'message_start':
        readUsage(event.message?.usage);
        break;
      case 'content_block_start':
        if (event.content_block) readBlock(event.content_block, event.index);
        break;
      case 'content_block_delta': {
        const { delta } = event;
        if (delta?.type === 'text_delta') tell('text', delta.text);
        else if (delta?.type === 'thinking_delta') tell('reasoning', delta.thinking);
        else if (delta?.type === 'input_json_delta' && typeof delta.partial_json === 'string')
          toolCalls.add(event.index, { arguments: delta.partial_json });
        break;
      }
      case 'message_delta':
        readUsage(event.usage);
        stop(event.delta?.stop_reason);
        break;
      case 'message_stop':
        ended = true;
        toolCalls.flush(emit);
        return 'end';
      case 'error':
        return failureOfServerError({ status: null, ...readErrorObject(event) }, model);
    }
    return finishReason === null ? 'more' : 'finished';
  }

  return {
    event(data) {
      let event: unknown;
      try {
        event = parseBounded(data);
      } catch {
        return badStream(say('stream_garbage'));
      }
      if (typeof event !== 'object' || event === null) return badStream(say('stream_not_piece'));
      return read(event);
    },
    whole(body) {
      const message = body as { type?: unknown; content?: unknown; stop_reason?: unknown; usage?: Usage };
      if (message.type === 'error')
        return failureOfServerError({ status: null, ...readErrorObject(body) }, model);
      for (const [index, block] of (Array.isArray(message.content) ? message.content : []).entries()) {
        readBlock(block, index);
        if (block.type === 'tool_use')
          toolCalls.add(index, { arguments: JSON.stringify((block as Block).input ?? {}) });
      }
      readUsage(message.usage);
      stop(message.stop_reason);
      return undefined;
    },
    outcome(): ProviderOutcome | null {
      if (finishReason !== null) return { ok: true, finishReason };
      return ended ? { ok: true, finishReason: toolCalls.any() ? 'tool_calls' : 'stop' } : null;
    },
  };
}
