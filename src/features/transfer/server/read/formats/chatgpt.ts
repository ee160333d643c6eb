/** What ChatGPT gives out: `conversations.json`, an array of conversations, each with a tree of nodes in `mapping`. */
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
import { foldReplies, pairResults } from '../fold-replies.ts';
import { childKeysOf, orderTree, parentKeyOf } from '../order-tree.ts';
import { sortSiblings } from '../sort-siblings.ts';

type Node = { key: string; parentKey: string | null; children: string[]; message: Json | null };

export function readChatGpt(value: Json): Draft {
  const nodes = orderTree(sortSiblings(nodesOf(objectOf(value.mapping))));
  const { turns, system, aside, kept } = turnsOf(nodes);
  const { messages, nameOf } = foldReplies(turns);
  for (const message of messages) message.content = pairResults(message.content);
  const leaf = textOf(value.current_node);
  return {
    sourceId: textOf(value.conversation_id) ?? textOf(value.id) ?? null,
    title: textOf(value.title) ?? '',
    archived: value.is_archived === true,
    pinned: value.is_starred === true,
    createdAt: timeOf(value.create_time),
    updatedAt: timeOf(value.update_time),
    instructions: system.join('\n\n') || undefined,
    leafKey: leaf && nameOf(kept(leaf) ?? leaf),
    keys: { original: { ...leftOf(value, TAKEN), ...(aside.length > 0 && { contexts: aside }) } },
    messages,
  };
}

const CONTEXTS = new Set(['user_editable_context', 'model_editable_context']);
const TAKEN =
  'title create_time update_time mapping current_node conversation_id id is_archived is_starred'.split(' ');

function nodesOf(mapping: Json): Node[] {
  return Object.entries(mapping).map(([key, inner]) => {
    const node = objectOf(inner);
    return {
      key,
      parentKey: parentKeyOf(node.parent),
      children: childKeysOf(node.children),
      message: node.message ? objectOf(node.message) : null,
    };
  });
}

/** Those with something to say; what hung on the others hangs on the next above them. */
function turnsOf(nodes: readonly Node[]): {
  turns: DraftMessage[];
  system: string[];
  /** What the person had told all chats about themselves: it is no turn of this one. */
  aside: unknown[];
  kept(key: string): string | undefined;
} {
  const stands = new Map<string, string | null>();
  const turns: DraftMessage[] = [];
  const system: string[] = [];
  const aside: unknown[] = [];
  for (const { key, parentKey, message } of nodes) {
    const above = parentKey === null ? null : (stands.get(parentKey) ?? null);
    if (CONTEXTS.has(String(objectOf(message?.content).content_type))) {
      aside.push(objectOf(message?.content));
      stands.set(key, above);
      continue;
    }
    const turn = message && toTurn(key, above, message);
    if (turn?.role === 'system') {
      const text = turn.content.map((piece) => String(piece.text ?? '')).join('');
      if (text.trim() !== '' && above === null) system.push(text);
      stands.set(key, above);
      continue;
    }
    if (!turn) {
      stands.set(key, above);
      continue;
    }
    turns.push(turn);
    stands.set(key, key);
  }
  return { turns, system, aside, kept: (key) => stands.get(key) ?? undefined };
}

function toTurn(key: string, parentKey: string | null, message: Json): DraftMessage | null {
  const author = objectOf(message.author);
  const role = author.role;
  if (role !== 'user' && role !== 'assistant' && role !== 'system' && role !== 'tool') return null;
  const metadata = objectOf(message.metadata);
  const { content, left } = contentOf(message, role);
  const isNothing = content.length === 0 && left.length === 0;
  if (isNothing) return null;
  const model = role === 'assistant' ? textOf(metadata.model_slug) : undefined;
  const original = {
    ...leftOf(message, 'id author create_time content metadata'.split(' ')),
    ...(left.length > 0 && { content: left }),
    ...(Object.keys(leftOf(metadata, ['model_slug'])).length > 0 && {
      metadata: leftOf(metadata, ['model_slug']),
    }),
    ...(role === 'tool' && textOf(author.name) && { author: author.name }),
  };
  return {
    key,
    parentKey,
    role,
    source: 'import',
    content,
    createdAt: timeOf(message.create_time),
    generation: role === 'assistant' ? generationOf(model, message, metadata) : undefined,
    original: unlessEmpty(original),
  };
}

/** How it ended, as far as the file says. */
function generationOf(model: string | undefined, message: Json, metadata: Json): DraftMessage['generation'] {
  const finish = textOf(objectOf(metadata.finish_details).type);
  const reason = finish === 'max_tokens' ? 'length' : finish === 'interrupted' ? undefined : finish;
  const state =
    finish === 'interrupted' || message.status === 'in_progress'
      ? 'interrupted'
      : message.status === 'finished_successfully'
        ? 'completed'
        : undefined;
  if (model === undefined) return undefined;
  return { model, ...(state && { state }), ...(reason && { finishReason: reason }) };
}

type Read = { content: Piece[]; left: unknown[] };

/** What can be read of a message, and what cannot: pictures and files are named among the latter. */
function contentOf(message: Json, role: string): Read {
  const content = objectOf(message.content);
  const type = String(content.content_type ?? '');
  const id = textOf(message.id) ?? 'call';
  const recipient = textOf(message.recipient) ?? 'all';
  if (type === 'thoughts') return { content: thoughtsOf(content), left: [] };
  if (type === 'reasoning_recap') return { content: [], left: [content] };
  const { text, left } = readText(content);
  if (role === 'tool')
    return { content: text === '' ? [] : [{ type: 'tool_result', toolCallId: id, result: text }], left };
  if (role === 'assistant' && recipient !== 'all')
    return {
      content: [{ type: 'tool_call', toolCallId: id, name: recipient, arguments: text }],
      left,
    };
  return { content: text === '' ? [] : [{ type: 'text', text }], left };
}

function thoughtsOf(content: Json): Piece[] {
  const thoughts = listOf(content.thoughts).map(objectOf);
  const text = thoughts
    .map((one) => [textOf(one.summary), textOf(one.content)].filter(Boolean).join('\n\n'))
    .filter((one) => one !== '')
    .join('\n\n');
  return text === '' ? [] : [{ type: 'reasoning', text }];
}

function readText(content: Json): { text: string; left: unknown[] } {
  const texts: string[] = [];
  const left: unknown[] = [];
  for (const part of listOf(content.parts))
    if (typeof part === 'string') texts.push(part);
    else if (textOf(objectOf(part).text)) texts.push(String(objectOf(part).text));
    else if (part !== null) left.push(part);
  for (const name of ['text', 'result'] as const)
    if (textOf(content[name])) texts.push(String(content[name]));
  const text = texts.filter((one) => one !== '').join('\n\n');
  const isKnown =
    text !== '' || left.length > 0 || Object.keys(leftOf(content, ['content_type'])).length === 0;
  return { text, left: isKnown ? left : [content] };
}
