/** How the two wires spell a reply. Frames are given without their last blank line. */

export type Usage = { input: number; output: number } | null;
type ToolCall = { id: string; name: string; pieces: string[] };

export type Dialect = {
  start(usage: Usage): string[];
  text(text: string): string;
  reasoning(text: string): string;
  toolCall(call: ToolCall, index: number): string[];
  /** `given` is sent as the usage, unread, when it is not undefined. */
  finish(reason: string | null, usage: Usage, given: unknown): string[];
  end(): string;
  error(message: string): string;
  whole(text: string, reason: string, usage: Usage): unknown;
  statusBody(status: number, message: string): unknown;
};

const frame = (value: unknown, name?: string) =>
  `${name ? `event: ${name}\n` : ''}data: ${JSON.stringify(value)}`;

export function openAiDialect(model: string): Dialect {
  const base = { id: 'chatcmpl-upstream', object: 'chat.completion.chunk', created: 1_700_000_000, model };
  const chunk = (delta: unknown, finish: string | null = null) =>
    frame({ ...base, choices: [{ index: 0, delta, finish_reason: finish }] });
  const spell = (usage: Usage) =>
    usage && {
      prompt_tokens: usage.input,
      completion_tokens: usage.output,
      total_tokens: usage.input + usage.output,
    };
  return {
    start: () => [chunk({ role: 'assistant', content: '' })],
    text: (content) => chunk({ content }),
    reasoning: (text) => chunk({ reasoning_content: text }),
    toolCall: ({ id, name, pieces }, index) => [
      chunk({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] }),
      ...pieces.map((piece) => chunk({ tool_calls: [{ index, function: { arguments: piece } }] })),
    ],
    finish: (reason, usage, given) => [
      ...(reason === null ? [] : [chunk({}, reason)]),
      ...(given === null || (given === undefined && !usage)
        ? []
        : [frame({ ...base, choices: [], usage: given ?? spell(usage) })]),
    ],
    end: () => 'data: [DONE]',
    error: (message) => frame({ error: { message, type: 'server_error', code: null } }),
    whole: (content, reason, usage) => ({
      ...base,
      object: 'chat.completion',
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: reason }],
      usage: spell(usage),
    }),
    statusBody: (status, message) => ({ error: { message, type: 'upstream_error', code: String(status) } }),
  };
}

const ANTHROPIC_REASONS: Record<string, string> = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
};

export function anthropicDialect(model: string): Dialect {
  const named = (value: { type: string } & Record<string, unknown>) => frame(value, value.type);
  let index = -1;
  let open: string | null = null;
  /** The frames that close the block before and open one of this type. */
  const block = (type: string, content: Record<string, unknown>): string[] => {
    if (open === type && type !== 'tool_use') return [];
    const closing = open === null ? [] : [named({ type: 'content_block_stop', index })];
    index += 1;
    open = type;
    return [...closing, named({ type: 'content_block_start', index, content_block: { type, ...content } })];
  };
  const delta = (value: unknown) => named({ type: 'content_block_delta', index, delta: value });
  return {
    start: (usage) => [
      named({
        type: 'message_start',
        message: {
          id: 'msg_upstream',
          type: 'message',
          role: 'assistant',
          model,
          content: [],
          usage: usage && { input_tokens: usage.input, output_tokens: 1 },
        },
      }),
      named({ type: 'ping' }),
    ],
    text: (text) => [...block('text', { text: '' }), delta({ type: 'text_delta', text })].join('\n\n'),
    reasoning: (thinking) =>
      [...block('thinking', { thinking: '' }), delta({ type: 'thinking_delta', thinking })].join('\n\n'),
    toolCall: ({ id, name, pieces }) => [
      ...block('tool_use', { id, name, input: {} }),
      ...pieces.map((partial_json) => delta({ type: 'input_json_delta', partial_json })),
    ],
    finish: (reason, usage, given) => [
      ...(open === null ? [] : [named({ type: 'content_block_stop', index })]),
      ...(reason === null
        ? []
        : [
            named({
              type: 'message_delta',
              delta: { stop_reason: ANTHROPIC_REASONS[reason] ?? reason, stop_sequence: null },
              usage: given === undefined ? usage && { output_tokens: usage.output } : given,
            }),
          ]),
    ],
    end: () => named({ type: 'message_stop' }),
    error: (message) => named({ type: 'error', error: { type: 'overloaded_error', message } }),
    whole: (text, reason, usage) => ({
      id: 'msg_upstream',
      type: 'message',
      role: 'assistant',
      model,
      content: [{ type: 'text', text }],
      stop_reason: ANTHROPIC_REASONS[reason] ?? reason,
      usage: usage && { input_tokens: usage.input, output_tokens: usage.output },
    }),
    statusBody: (_status, message) => ({ type: 'error', error: { type: 'upstream_error', message } }),
  };
}
