/** What LibreChat gives out: one conversation a file, its messages in a list or hung into one another. */
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
import { foldReplies } from '../fold-replies.ts';
import { NO_PARENT } from '../no-parent.ts';
import { orderTree } from '../order-tree.ts';

export function readLibreChat(value: Json): Draft {
  const options = objectOf(value.options);
  const raw = flattened(listOf(value.messagesTree ?? value.messages).map(objectOf));
  const { messages } = foldReplies(orderTree(raw.map(toTurn)));
  const times = messages.flatMap(({ createdAt }) => createdAt ?? []).toSorted();
  return {
    sourceId: textOf(value.conversationId) ?? null,
    title: textOf(value.title) ?? '',
    archived: value.isArchived === true,
    tags: listOf(value.tags)
      .flatMap((tag) => textOf(tag)?.slice(0, 64).toWellFormed() ?? [])
      .slice(0, 50),
    createdAt: timeOf(value.createdAt) ?? times[0],
    updatedAt: timeOf(value.updatedAt) ?? times.at(-1),
    instructions: textOf(options.promptPrefix) ?? textOf(options.system),
    keys: {
      original: leftOf(
        value,
        'conversationId title isArchived tags createdAt updatedAt messages messagesTree'.split(' '),
      ),
    },
    messages,
  };
}

/** A message before those hung into it; the hanging says what each answers, where the message does not. */
function flattened(roots: readonly Json[]): { message: Json; hangsOn: string | undefined }[] {
  const found: { message: Json; hangsOn: string | undefined }[] = [];
  type Waiting = { message: Json; hangsOn: string | undefined };
  const next: Waiting[] = roots.map((message) => ({ message, hangsOn: undefined })).reverse();
  for (let one = next.pop(); one; one = next.pop()) {
    found.push(one);
    const hangsOn = textOf(one.message.messageId);
    for (const child of listOf(one.message.children).reverse())
      next.push({ message: objectOf(child), hangsOn });
  }
  return found;
}

const OF_MESSAGE =
  'messageId parentMessageId conversationId text content isCreatedByUser sender model createdAt updatedAt unfinished error children tokenCount user _id __v'.split(
    ' ',
  );

function toTurn(
  { message, hangsOn }: { message: Json; hangsOn: string | undefined },
  at: number,
): DraftMessage {
  const parent = textOf(message.parentMessageId) ?? hangsOn;
  const role = message.isCreatedByUser === true || message.sender === 'User' ? 'user' : 'assistant';
  const model = role === 'assistant' ? textOf(message.model) : undefined;
  const state =
    message.error === true
      ? 'failed'
      : message.unfinished === true
        ? 'interrupted'
        : message.unfinished === false
          ? 'completed'
          : undefined;
  const { content, left } = contentOf(message);
  return {
    key: textOf(message.messageId) ?? `message ${at}`,
    parentKey: parent === undefined || NO_PARENT.test(parent) ? null : parent,
    role,
    source: 'import',
    content,
    createdAt: timeOf(message.createdAt),
    generation: model ? { model, ...(state && { state }) } : undefined,
    original: unlessEmpty({
      ...leftOf(message, OF_MESSAGE),
      ...(role === 'assistant' && textOf(message.sender) && { sender: message.sender }),
      ...(left.length > 0 && { content: left }),
    }),
  };
}

function contentOf(message: Json): { content: Piece[]; left: unknown[] } {
  const content: Piece[] = [];
  const left: unknown[] = [];
  for (const raw of listOf(message.content)) {
    const block = objectOf(raw);
    const text = textOf(block.text) ?? textOf(objectOf(block.text).value);
    const thought = textOf(block.think);
    const call = objectOf(block.tool_call);
    if (block.type === 'text' && text) content.push({ type: 'text', text });
    else if (block.type === 'think' && thought) content.push({ type: 'reasoning', text: thought });
    else if (block.type === 'tool_call' && textOf(call.name)) content.push(...callOf(call, content.length));
    else left.push(raw);
  }
  const text = textOf(message.text);
  if (content.length === 0 && text) content.push({ type: 'text', text });
  return { content, left };
}

function callOf(call: Json, at: number): Piece[] {
  const toolCallId = textOf(call.id) ?? `call_${at + 1}`;
  const given = typeof call.args === 'string' ? call.args : JSON.stringify(call.args ?? {});
  const asked = { type: 'tool_call', toolCallId, name: String(call.name), arguments: given };
  return typeof call.output === 'string'
    ? [asked, { type: 'tool_result', toolCallId, result: call.output }]
    : [asked];
}
