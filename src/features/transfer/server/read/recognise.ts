import type { Sentence } from '#platform/sentences.ts';
import type { ImportFormat } from '../../rules.ts';
import { say } from '../say.ts';
import { type Draft, type Json, objectOf } from './draft.ts';
import { readChatGpt } from './formats/chatgpt.ts';
import { readClaude } from './formats/claude.ts';
import { readLibreChat } from './formats/librechat.ts';
import { readOpenWebUi } from './formats/open-webui.ts';
import { readParley } from './formats/parley.ts';
import { readShareGpt } from './formats/sharegpt.ts';
import { shortened } from './order-tree.ts';

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Reader = (value: Json) => Draft;
/** How many messages there are at least, before any of them is looked at. */
type Counter = (value: Json) => number;
const itemsIn = (value: unknown): number =>
  Array.isArray(value) ? value.length : Object.keys(objectOf(value)).length;

/** How each format is told by its keys, and read. The first that fits is it. */
const FORMATS: { format: ImportFormat; fits(value: Json): boolean; read: Reader; count: Counter }[] = [
  {
    format: 'parley',
    fits: ({ schema }) => schema === 'parley.chat/1',
    read: readParley,
    count: ({ messages }) => itemsIn(messages),
  },
  {
    format: 'chatgpt',
    fits: ({ mapping }) => isObject(mapping),
    read: readChatGpt,
    count: ({ mapping }) => itemsIn(mapping),
  },
  {
    format: 'claude',
    fits: ({ chat_messages }) => Array.isArray(chat_messages),
    read: readClaude,
    count: (value) => itemsIn(value.chat_messages),
  },
  {
    format: 'open-webui',
    fits: ({ chat, history }) =>
      isObject(objectOf(chat).history) ||
      Array.isArray(objectOf(chat).messages) ||
      isObject(objectOf(history).messages),
    read: readOpenWebUi,
    count: (value) => {
      const chat = objectOf(value.chat ?? value);
      return Math.max(itemsIn(objectOf(chat.history).messages), itemsIn(chat.messages));
    },
  },
  {
    format: 'librechat',
    fits: ({ conversationId, messages, messagesTree }) =>
      typeof conversationId === 'string' && (Array.isArray(messages) || Array.isArray(messagesTree)),
    read: readLibreChat,
    count: (value) => Math.max(itemsIn(value.messages), itemsIn(value.messagesTree)),
  },
  {
    format: 'sharegpt',
    fits: ({ conversations }) => Array.isArray(conversations) && 'from' in objectOf(conversations[0]),
    read: readShareGpt,
    count: ({ conversations }) => itemsIn(conversations),
  },
];

/** Of one format alone when it is named. */
export function recognise(value: unknown, named: ImportFormat | null): (typeof FORMATS)[number] | null {
  if (!isObject(value)) return null;
  const found = FORMATS.find(({ fits }) => fits(value)) ?? null;
  return named === null || found?.format === named ? found : null;
}

/** What something is that is no chat, for people. */
export function whatIs(value: unknown): Sentence {
  if (Array.isArray(value)) return say('found_list');
  if (!isObject(value)) return say('found_value');
  const found = FORMATS.find(({ fits }) => fits(value));
  if (found) return say('found_format', { format: found.format });
  const keys = Object.keys(value);
  return keys.length === 0
    ? say('found_empty_object')
    : say('found_object', { keys: keys.slice(0, 6).map(shortened).join(', ') });
}
