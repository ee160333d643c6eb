/** What Open WebUI gives out: an array of chats, each with a tree of messages in `chat.history`. */
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
import { childKeysOf, orderTree, parentKeyOf } from '../order-tree.ts';
import { sortSiblings } from '../sort-siblings.ts';

export function readOpenWebUi(value: Json): Draft {
  const chat = value.chat === undefined ? value : objectOf(value.chat);
  const history = objectOf(chat.history);
  const { turns, system } = withoutSystem(orderTree(sortSiblings(nodesOf(objectOf(history.messages), chat))));
  const { messages, nameOf } = foldReplies(turns);
  const leaf = textOf(history.currentId);
  const given = textOf(objectOf(chat.params).system) ?? textOf(chat.system);
  return {
    sourceId: textOf(value.id) ?? textOf(chat.id) ?? null,
    title: textOf(value.title) ?? textOf(chat.title) ?? '',
    archived: value.archived === true,
    pinned: value.pinned === true,
    tags: tagsOf(objectOf(value.meta).tags ?? chat.tags),
    createdAt: timeOf(value.created_at) ?? timeOf(chat.timestamp),
    updatedAt: timeOf(value.updated_at),
    instructions: [given, ...system].filter(Boolean).join('\n\n') || undefined,
    leafKey: leaf && nameOf(leaf),
    keys: {
      original: {
        ...leftOf(value, 'id title archived pinned created_at updated_at chat user_id'.split(' ')),
        ...(value.chat !== undefined && {
          chat: leftOf(chat, 'id title history messages system timestamp tags'.split(' ')),
        }),
      },
    },
    messages,
  };
}

const tagsOf = (value: unknown): string[] =>
  listOf(value)
    .map((tag) => textOf(tag) ?? textOf(objectOf(tag).name))
    .filter((tag) => tag !== undefined)
    .map((tag) => tag.slice(0, 64).toWellFormed())
    .slice(0, 50);

type Node = DraftMessage & { children: string[] };

/** Without a tree there is a list, in which each answers the one before it. */
function nodesOf(tree: Json, chat: Json): Node[] {
  const raw = Object.entries(tree).map(([key, inner]) => ({ key, inner: objectOf(inner) }));
  if (raw.length > 0) return raw.map(({ key, inner }) => toNode(key, parentOf(inner.parentId), inner));
  const list = listOf(chat.messages).map(objectOf);
  const keys = list.map((inner, at) => textOf(inner.id) ?? `message ${at}`);
  return list.map((inner, at) => toNode(keys[at]!, keys[at - 1] ?? null, inner));
}

/** An empty name is none here. */
const parentOf = (value: unknown): string | null => parentKeyOf(value === '' ? null : value);

const OF_MESSAGE =
  'id parentId childrenIds role content timestamp model modelName done error modelIdx models'.split(' ');

function toNode(key: string, parentKey: string | null, raw: Json): Node {
  const role = raw.role === 'user' || raw.role === 'system' || raw.role === 'tool' ? raw.role : 'assistant';
  const model = textOf(raw.model) ?? textOf(raw.modelName);
  const failed = raw.error !== undefined && raw.error !== null && raw.error !== false;
  const state = failed ? 'failed' : raw.done === true ? 'completed' : undefined;
  const error = textOf(objectOf(raw.error).content) ?? textOf(raw.error);
  return {
    key,
    parentKey,
    children: childKeysOf(raw.childrenIds),
    role,
    source: 'import',
    content: contentOf(raw.content, role),
    createdAt: timeOf(raw.timestamp),
    generation: role === 'assistant' && model ? { model, ...(state && { state }) } : undefined,
    original: unlessEmpty({ ...leftOf(raw, OF_MESSAGE), ...(error && { error }) }),
  };
}

/** What a model thought stands in its text, folded away. */
const THOUGHT = /<details type="reasoning"[^>]*>\s*(?:<summary>[^<]*<\/summary>)?([\s\S]*?)<\/details>\s*/g;

function contentOf(value: unknown, role: string): Piece[] {
  const texts = typeof value === 'string' ? [value] : listOf(value).map((part) => objectOf(part).text);
  const text = texts.filter((one) => typeof one === 'string').join('\n\n');
  if (text === '') return [];
  if (role !== 'assistant') return [{ type: 'text', text }];
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(THOUGHT)) {
    const before = text.slice(from, found.index);
    if (before.trim() !== '') pieces.push({ type: 'text', text: before });
    pieces.push({ type: 'reasoning', text: found[1]!.replace(/^> ?/gm, '').trim() });
    from = found.index + found[0].length;
  }
  const rest = text.slice(from);
  if (rest !== '') pieces.push({ type: 'text', text: rest });
  return pieces;
}

/** System messages above everything else are instructions; others keep their place. */
function withoutSystem(nodes: readonly Node[]): { turns: DraftMessage[]; system: string[] } {
  const gone = new Set<string>();
  const system: string[] = [];
  const turns: DraftMessage[] = [];
  for (const { children: _children, ...turn } of nodes) {
    const isTop = turn.parentKey === null || gone.has(turn.parentKey);
    if (isTop && turn.role === 'system') {
      gone.add(turn.key);
      system.push(...turn.content.map((piece) => String(piece.text ?? '')));
    } else turns.push(isTop ? { ...turn, parentKey: null } : turn);
  }
  return { turns, system };
}
