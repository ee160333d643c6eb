/** The one writer of the record: rows of the tables as `parley.chat/1`. Pure, and what is not known is left out. */
import type { Message } from '#features/messages/messages.ts';
import type { RecordMessage } from '../../record.ts';
import { RECORD_SCHEMA } from '../../record.ts';
import { sha256Of, textHash } from '../hashes.ts';
import { partsBack } from '../parts.ts';
import type { HeadRow } from './read-head.ts';
import type { LedgerRow, MessageRow, PreferenceRow } from './read-messages.ts';

type Json = Record<string, unknown>;

/** The same without what is null, undefined or false, and without what is empty. */
function known(fields: Json): Json {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => {
      if (value === null || value === undefined || value === false || value === '') return false;
      if (Array.isArray(value)) return value.length > 0;
      return typeof value !== 'object' || Object.keys(value).length > 0;
    }),
  );
}

const isoOf = (time: Date): string => time.toISOString();

/** All keys of a record but `texts` and `messages`, which come behind it piece by piece. */
export function toHead(row: HeadRow): Json {
  const { unknown = [], keys = {} } = row.original ?? {};
  const { texts: _texts, settings: left, ...kept } = keys;
  const times = { createdAt: isoOf(row.createdAt), updatedAt: isoOf(row.updatedAt) };
  return {
    ...kept,
    schema: RECORD_SCHEMA,
    id: row.id,
    title: row.title,
    description: row.description,
    tags: row.tags,
    metadata: row.metadata,
    archived: row.archived,
    ...without(times, unknown),
    ...known({
      pinned: row.pinned,
      leafMessageId: row.leafMessageId,
      settings: { ...(left as Json | undefined), ...row.settings },
      instructions: row.instructions && textHash(row.instructions),
      agent: row.agent ?? kept.agent,
      source: originOf(row),
      ...(row.project === null
        ? { visibility: kept.visibility, project: kept.project }
        : { visibility: row.visibility, project: row.project }),
      // What is known of a chat that was imported came with it.
      ...(row.original === null && { collector: row.client, consent: { status: 'owner' } }),
    }),
  };
}

/** What an imported chat came from, and which id it had there. */
function originOf({ origin, originalId }: HeadRow): Json | null {
  if (originalId === null) return origin;
  return { ...(origin ?? { format: 'parley' }), originalId };
}

const without = (fields: Json, names: readonly string[]): Json =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

/** Of whom the record is: who writes it, and whose chat it is. */
export type Reader = { userId: string; chatId: string; ownerId: string };

/** One message of a record; `told` is what its model was told before the conversation. */
export function toMessage(row: MessageRow, reader: Reader, told: string | null): RecordMessage {
  const { unknown = [], parts, preferences: left = [], keys: kept = {} } = row.original ?? {};
  const given = (row.preferences ?? []).map(toPreference);
  return {
    ...kept,
    id: row.id,
    parentId: row.parentId,
    role: row.role,
    source: row.source ?? BY_ROLE[row.role],
    ...(unknown.includes('createdAt') ? {} : { createdAt: isoOf(row.createdAt) }),
    content: partsBack(row.content, parts),
    ...known({
      author: kept.author ?? authorOf(row, reader),
      originalId: row.originalId,
      metadata: row.metadata,
      generation: kept.generation ?? generationOf(row, reader, told),
      context: kept.context ?? row.ending?.context,
      excluded: row.excluded,
      editedFrom: row.editedFrom ?? kept.editedFrom,
      rating: row.rating && known(row.rating),
      preferences: inOrder([...given, ...left]),
    }),
  } as RecordMessage;
}

const BY_ROLE: Record<Message['role'], Message['source']> = {
  user: 'human',
  assistant: 'model',
  system: 'human',
  tool: 'tool',
};

/** A name that stands for somebody within one chat and says nothing about them; nothing for who writes the record. */
function authorOf(
  { generation, role, authorId, source }: MessageRow,
  { userId, chatId, ownerId }: Reader,
): string | null {
  const isSaid = generation === null && (role === 'user' || source === 'human_edit');
  const author = authorId ?? ownerId;
  return isSaid && author !== userId ? `p_${sha256Of(`${chatId} ${author}`).slice(0, 12)}` : null;
}

/** As the ledger has it; a copy of a reply knows no more of it than how it ended. */
function generationOf({ generation, ending }: MessageRow, reader: Reader, told: string | null): Json | null {
  if (generation) return fromLedger(generation, reader, told);
  if (!ending) return null;
  const { context: _context, ...end } = ending;
  return known(end);
}

function fromLedger(row: LedgerRow, { userId }: Reader, told: string | null): Json {
  const {
    userId: asker,
    chatId: _chat,
    projectId: _project,
    modelId,
    agentId,
    agentVersion,
    cost,
    ...rest
  } = row;
  return known({
    ...rest,
    model: modelId,
    agent: agentId && known({ id: agentId, version: agentVersion }),
    instructions: told && textHash(told),
    // What it cost is between those who asked and their ledger.
    usd: asker === userId ? cost : null,
  });
}

const toPreference = ({ over, ...row }: PreferenceRow): Json => ({ ...known(row), over });

const inOrder = (preferences: Json[]): Json[] =>
  preferences.toSorted((one, other) => (String(one.createdAt) < String(other.createdAt) ? -1 : 1));
