/** What Claude gives out: an array of conversations, each with its messages in `chat_messages`. */
import {
  type Draft,
  type DraftMessage,
  type Json,
  leftOf,
  listOf,
  objectOf,
  type Piece,
  textOf,
  timeOf,
  unlessEmpty,
} from '../draft.ts';
import { NO_PARENT } from '../no-parent.ts';
import { orderTree } from '../order-tree.ts';

export function readClaude(value: Json): Draft {
  const messages = orderTree(turnsOf(listOf(value.chat_messages).map(objectOf)));
  return {
    sourceId: textOf(value.uuid) ?? null,
    title: textOf(value.name) ?? '',
    createdAt: timeOf(value.created_at),
    updatedAt: timeOf(value.updated_at),
    pinned: value.is_starred === true,
    leafKey: textOf(value.current_leaf_message_uuid),
    keys: { original: leftOf(value, TAKEN) },
    messages,
  };
}

const TAKEN =
  'uuid name created_at updated_at is_starred chat_messages current_leaf_message_uuid account'.split(' ');
const OF_MESSAGE = 'uuid text content sender created_at parent_message_uuid model stop_reason index'.split(
  ' ',
);

/** Newer files say what each message answers; in older ones each answers the one before it. */
function turnsOf(raw: readonly Json[]): DraftMessage[] {
  const turns: DraftMessage[] = [];
  for (const [at, message] of raw.entries()) {
    const said = message.parent_message_uuid;
    const before = turns.at(-1)?.key ?? null;
    const parent = typeof said === 'string' ? (NO_PARENT.test(said) ? null : said) : before;
    const model = textOf(message.model);
    const reason = textOf(message.stop_reason);
    const role = message.sender === 'human' || message.sender === 'user' ? 'user' : 'assistant';
    const { content, left } = contentOf(message);
    turns.push({
      key: textOf(message.uuid) ?? `message ${at}`,
      parentKey: parent,
      role,
      source: 'import',
      content,
      createdAt: timeOf(message.created_at),
      generation:
        role === 'assistant' && model ? { model, ...(reason && { finishReason: reason }) } : undefined,
      original: unlessEmpty({ ...leftOf(message, OF_MESSAGE), ...(left.length > 0 && { content: left }) }),
    });
  }
  return turns;
}

function contentOf(message: Json): { content: Piece[]; left: unknown[] } {
  const content: Piece[] = [];
  const left: unknown[] = [];
  for (const raw of listOf(message.content)) {
    const block = objectOf(raw);
    const id = textOf(block.id) ?? textOf(block.tool_use_id) ?? `call_${content.length + 1}`;
    if (block.type === 'text') {
      if (textOf(block.text)) content.push({ type: 'text', text: String(block.text) });
    } else if (block.type === 'thinking') {
      if (textOf(block.thinking)) content.push({ type: 'reasoning', text: String(block.thinking) });
    } else if (block.type === 'tool_use')
      content.push({
        type: 'tool_call',
        toolCallId: id,
        name: String(block.name ?? ''),
        arguments: JSON.stringify(block.input ?? {}),
      });
    else if (block.type === 'tool_result')
      content.push({
        type: 'tool_result',
        toolCallId: textOf(block.tool_use_id) ?? lastCall(content) ?? id,
        result: resultOf(block.content),
      });
    else left.push(raw);
  }
  const text = textOf(message.text);
  if (content.length === 0 && text) content.push({ type: 'text', text });
  return { content, left };
}

const lastCall = (content: readonly Piece[]): string | undefined =>
  content.findLast(({ type }) => type === 'tool_call')?.toolCallId as string | undefined;

function resultOf(content: unknown): string {
  if (typeof content === 'string') return content;
  const texts = listOf(content).map((part) => textOf(objectOf(part).text) ?? JSON.stringify(part));
  return texts.join('\n');
}
