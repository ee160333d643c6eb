/** A draft as rows, under ids that are the same whenever the same person brings in the same. Pure. */
import { titleFrom } from '#features/chats/rules.ts';
import { MAX_CHAT_MESSAGES } from '../../rules.ts';
import type { ChatRows } from '../chat-rows.ts';
import type { Original } from '../originals.ts';
import { partsAside } from '../parts.ts';
import { say } from '../say.ts';
import { type Draft, type DraftMessage, type Json, Refused, unlessEmpty } from './draft.ts';
import { orderTree } from './order-tree.ts';
import { stableId } from './stable-id.ts';
import { toEnding } from './to-ending.ts';

const TITLE_MAX = 300;
/** Of one message as JSON. */
const MESSAGE_BYTES = 8 * 2 ** 20;
const INSTRUCTIONS_BYTES = 256 * 1024;

export type Arrival = {
  userId: string;
  format: string;
  /** What the ids are made of: the chat's own where it comes from, else a hash of all of it and which of its kind it is. */
  seed: string;
  /** Where it came from, for what does not say so itself. */
  origin: Json;
};

type Ids = { id: string; other: string };

/** Refuses a chat of more messages than may come in. */
export function assertFew(count: number): void {
  if (count > MAX_CHAT_MESSAGES)
    throw new Refused(say('too_many_messages', { count, max: MAX_CHAT_MESSAGES }));
}

export function toRows(draft: Draft, arrival: Arrival): ChatRows {
  assertFew(draft.messages.length);
  const messages = orderTree(draft.messages);
  const isOwn = arrival.format === 'parley' && draft.sourceId !== null;
  const idsOf = namer(arrival, isOwn ? draft.sourceId : null);
  const known = new Map(messages.map(({ key }) => [key, idsOf(key)]));
  const chat = idsOf(null);
  const leaf = known.get(draft.leafKey ?? '') ?? known.get(messages.at(-1)?.key ?? '') ?? null;
  const rows = messages.map((message) => toMessage(message, known, isOwn || arrival.format === 'parley'));
  const times = messages.flatMap(({ createdAt }) => createdAt ?? []);
  const tooLong = draft.title.length > TITLE_MAX;
  const instructions = fitting(draft.instructions);
  const keys = {
    ...draft.keys,
    ...(tooLong && { originalTitle: draft.title }),
    ...(draft.instructions && !instructions && { originalInstructions: draft.instructions }),
    ...(arrival.format !== 'parley' && { collector: 'import', consent: { status: 'not_applicable' } }),
  };
  const unknown = [
    ...(draft.createdAt === undefined ? ['createdAt'] : []),
    ...(draft.updatedAt === undefined ? ['updatedAt'] : []),
  ];
  const shown = draft.shownId ?? (arrival.format === 'parley' ? undefined : (draft.sourceId ?? undefined));
  const said = draft.origin?.originalId;
  return {
    ...chat,
    title: titleOf(draft, arrival.format),
    description: draft.description ?? '',
    tags: draft.tags ?? [],
    metadata: draft.metadata ?? {},
    archived: draft.archived ?? false,
    pinned: draft.pinned ?? false,
    createdAt: draft.createdAt ?? least(times) ?? null,
    updatedAt: draft.updatedAt ?? null,
    activeAt: most(times) ?? draft.updatedAt ?? draft.createdAt ?? null,
    settings: draft.settings ?? {},
    agentId: draft.agentId ?? null,
    instructions: instructions ?? null,
    leaf,
    originalId: shown ?? (typeof said === 'string' ? said : null),
    origin:
      arrival.format === 'parley'
        ? (draft.origin ?? null)
        : { ...arrival.origin, ...(shown && { originalId: shown }) },
    knownAs: draft.sourceId === null ? null : { id: draft.sourceId, format: arrival.format },
    original: { keys, ...(unknown.length > 0 && { unknown }) },
    count: messages.length,
    mayBeTaken: isOwn,
    messageIds: rows.map(({ row }) => row.id),
    messages: JSON.stringify(rows.map(({ row }, place) => ({ place, ...row }))),
    ratings: JSON.stringify(rows.flatMap(({ rating }) => rating ?? [])),
    preferences: JSON.stringify(rows.flatMap(({ preferences }) => preferences)),
    originals: JSON.stringify(rows.flatMap(({ original }) => original ?? [])),
  };
}

/** What other programs left without a title gets one as it would have here. */
function titleOf({ title, messages }: Draft, format: string): string {
  if (title !== '' || format === 'parley') return title.slice(0, TITLE_MAX).toWellFormed();
  const first = messages.find(({ role }) => role === 'user');
  return titleFrom(first?.content.map(({ text }) => (typeof text === 'string' ? text : '')).join('') ?? '');
}

const least = (times: readonly string[]): string | undefined => times.toSorted()[0];
const most = (times: readonly string[]): string | undefined => times.toSorted().at(-1);

function fitting(text: string | undefined): string | undefined {
  return text !== undefined && Buffer.byteLength(text) <= INSTRUCTIONS_BYTES ? text : undefined;
}

/** Names the chat (null) and its messages. A record of Parley's own keeps its ids where they are free. */
function namer({ userId, format, seed }: Arrival, ownId: string | null): (key: string | null) => Ids {
  return (key) => {
    const made = stableId(userId, format, seed, ...(key === null ? [] : ['message', key]));
    return { id: ownId === null ? made : (key ?? ownId), other: made };
  };
}

type MessageRows = {
  row: Ids & Json;
  rating: Json | null;
  preferences: Json[];
  original: Json | null;
};

function toMessage(message: DraftMessage, known: ReadonlyMap<string, Ids>, isRecord: boolean): MessageRows {
  const ids = known.get(message.key)!;
  const { content, aside } = partsAside(message.content);
  const size = Buffer.byteLength(JSON.stringify(content));
  if (size > MESSAGE_BYTES) throw new Refused(say('message_too_large', { id: message.key.slice(0, 60) }));
  const parent = message.parentKey === null ? undefined : known.get(message.parentKey)!;
  const edited = message.editedFrom === undefined ? undefined : known.get(message.editedFrom);
  const { placed, left } = preferencesOf(message, ids, known);
  const keys: Json = {
    ...message.keys,
    ...(message.original !== undefined && { original: message.original }),
    ...(message.generation && { generation: message.keys?.generation ?? message.generation }),
    ...(message.editedFrom !== undefined && !edited && { editedFrom: message.editedFrom }),
  };
  const record: Original = {
    ...(Object.keys(keys).length > 0 && { keys }),
    ...(message.createdAt === undefined && { unknown: ['createdAt'] }),
    ...(aside.length > 0 && { parts: aside }),
    ...(left.length > 0 && { preferences: left }),
  };
  return {
    row: {
      ...ids,
      parent: parent?.id,
      otherParent: parent?.other,
      role: message.role,
      source: message.source,
      content,
      metadata: message.metadata,
      ending: message.role === 'assistant' ? toEnding(message.generation) : null,
      createdAt: message.createdAt,
      excluded: message.excluded ?? false,
      edited: edited?.id,
      otherEdited: edited?.other,
      originalId: message.originalId ?? (isRecord ? undefined : message.key),
    },
    rating: message.rating ? { ...ids, ...message.rating } : null,
    preferences: placed,
    original: unlessEmpty(record as Json) ? { ...ids, record } : null,
  };
}

/** Those that name messages which are there, and those that cannot be kept as preferences. */
function preferencesOf(
  { preferences = [] }: DraftMessage,
  ids: Ids,
  known: ReadonlyMap<string, Ids>,
): { placed: Json[]; left: Json[] } {
  const placed: Json[] = [];
  const left: Json[] = [];
  for (const preference of preferences) {
    const chosen = preference.chosen === undefined ? undefined : known.get(preference.chosen);
    const over = preference.over.map((id) => known.get(id));
    if ((preference.chosen !== undefined && !chosen) || over.includes(undefined)) left.push(preference);
    else
      placed.push({
        ...ids,
        chosen: chosen?.id,
        otherChosen: chosen?.other,
        over: over.map((one) => one!.id),
        otherOver: over.map((one) => one!.other),
        verdict: preference.verdict,
        reason: preference.reason ?? '',
        createdAt: preference.createdAt,
      });
  }
  return { placed, left };
}
