import type { z } from 'zod';
import { Metadata } from '#fields';
import { ChatRecord, type RecordMessage } from '../../../record.ts';
import { say } from '../../say.ts';
import { type Draft, type DraftMessage, type Json, Refused, unlessEmpty } from '../draft.ts';

/** Keys of a record that become columns; all others are kept as they are. */
const OF_HEAD = new Set(
  'schema id title description tags metadata archived pinned createdAt updatedAt leafMessageId settings source messages'.split(
    ' ',
  ),
);
const OF_MESSAGE = new Set(
  'id parentId role source createdAt content originalId metadata excluded editedFrom rating preferences'.split(
    ' ',
  ),
);
const BY_ROLE = { user: 'human', assistant: 'model', system: 'human', tool: 'tool' } as const;

const keptOf = (value: Json, taken: ReadonlySet<string>): Json =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !taken.has(name)));

/** A record of Parley's own, which says everything itself. */
export function readParley(value: Json): Draft {
  const parsed = ChatRecord.safeParse(value);
  if (!parsed.success) throw new Refused(say('record_wrong', whereOf(parsed.error)));
  const record = parsed.data;
  const { texts, ...keys } = keptOf(value, OF_HEAD);
  const own = record.instructions;
  const left = { ...(texts as Json | undefined) };
  const instructions = own && textAt(texts, own);
  // It lies with the chat, and in `texts` only if a reply points to it as well.
  if (own && !record.messages.some(({ generation }) => generation?.instructions === own)) delete left[own];
  return {
    sourceId: record.id ?? null,
    title: record.title,
    description: record.description,
    tags: record.tags,
    metadata: metadataOf(record.metadata, 'metadata'),
    archived: record.archived,
    pinned: record.pinned,
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    settings: record.settings,
    agentId: record.agent?.id,
    instructions,
    leafKey: record.leafMessageId,
    origin: record.source,
    keys: { ...keys, ...(Object.keys(left).length > 0 && { texts: left }) },
    messages: record.messages.map((message, at) => toDraft(message, (value.messages as Json[])[at]!)),
  };
}

function textAt(texts: unknown, hash: string): string | undefined {
  const text = (texts as Json | undefined)?.[hash];
  return typeof text === 'string' ? text : undefined;
}

function toDraft(message: RecordMessage, raw: Json): DraftMessage {
  return {
    key: message.id,
    parentKey: message.parentId,
    role: message.role,
    source: message.source ?? BY_ROLE[message.role],
    content: message.content,
    createdAt: message.createdAt,
    generation: message.generation,
    metadata: message.metadata && metadataOf(message.metadata, `messages ${message.id} metadata`),
    excluded: message.excluded,
    editedFrom: message.editedFrom,
    rating: message.rating,
    preferences: message.preferences,
    originalId: message.originalId,
    keys: unlessEmpty(keptOf(raw, OF_MESSAGE)),
  };
}

/** As much as somebody could write themselves: no key is without its bounds because it came in a file. */
function metadataOf(value: Json, path: string): Json {
  const parsed = Metadata.safeParse(value);
  if (!parsed.success) throw new Refused(say('record_wrong', { path, problem: 'too large or unreadable' }));
  return value;
}

function whereOf(error: z.ZodError): { path: string; problem: string } {
  const issue = error.issues[0]!;
  return { path: issue.path.join('.').slice(0, 200) || 'schema', problem: issue.message.slice(0, 200) };
}
