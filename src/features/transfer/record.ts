/** The record `parley.chat/1`: one chat as one JSON document, with nothing lost. One schema, for who writes it and who reads it. */
import { z } from 'zod';
import { Role, Source } from '#features/messages/messages.ts';
import { Verdict } from '#features/messages/opinions.ts';
import { Visibility } from '#features/projects/projects.ts';
import { ModelSettings } from '#features/settings/settings.ts';
import { cleanText, Id, IsoTime, Json } from '#fields';

export const RECORD_SCHEMA = 'parley.chat/1';

/** `sha256:` and the hash of a text, which stands once in `texts`. */
const TextHash = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const Text = z.string();
const Count = z.int().min(0);

/** One piece of a message. What is known of it is checked; what is not is kept beside it. */
export const RecordPart = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text'), text: Text }),
  z.looseObject({ type: z.literal('reasoning'), text: Text }),
  z.looseObject({ type: z.literal('tool_call'), toolCallId: Text, name: Text, arguments: Text }),
  z.looseObject({ type: z.literal('tool_result'), toolCallId: Text, result: Text }),
]);

/** The ledger's row of the generation that wrote a reply, as far as it is known. */
export const RecordGeneration = z.looseObject({
  id: Id.optional(),
  model: Text.optional(),
  resolvedModel: Text.optional(),
  parameters: z.record(Text, Json).optional(),
  /** Points into `texts`: all that the model was told before the conversation. */
  instructions: TextHash.optional(),
  state: Text.optional(),
  finishReason: Text.optional(),
  queuedAt: IsoTime.optional(),
  startedAt: IsoTime.optional(),
  firstTokenAt: IsoTime.optional(),
  finishedAt: IsoTime.optional(),
  ttftMs: Count.optional(),
  durationMs: Count.optional(),
  inputTokens: Count.optional(),
  outputTokens: Count.optional(),
  tokensEstimated: z.boolean().optional(),
  usd: z.number().optional(),
  error: z.looseObject({ code: Text }).optional(),
});
export type RecordGeneration = z.infer<typeof RecordGeneration>;

const RecordRating = z.object({
  value: z.union([z.literal(1), z.literal(-1)]).optional(),
  tags: z.array(cleanText(64).min(1)).max(20).optional(),
  comment: cleanText(4000).optional(),
  updatedAt: IsoTime,
});

/** Stands with the message whose replies were compared. */
const RecordPreference = z.object({
  chosen: Id.optional(),
  over: z.array(Id).max(100),
  verdict: Verdict,
  reason: cleanText(4000).optional(),
  createdAt: IsoTime,
});

export const RecordMessage = z.looseObject({
  id: Id,
  /** Null for a root alone. */
  parentId: Id.nullable().default(null),
  role: Role,
  source: Source.optional(),
  createdAt: IsoTime.optional(),
  content: z.array(z.looseObject({ type: Text })).default([]),
  /** Stands for who wrote it, where that is not whose record it is. */
  author: Text.optional(),
  /** The id it had elsewhere, before it came to where this record was written. */
  originalId: Text.optional(),
  /** What an import could not place. */
  original: Json.optional(),
  metadata: z.record(Text, Json).optional(),
  generation: RecordGeneration.optional(),
  /** The stamp: the versions of the layers it was made with, and the hash of what was sent. */
  context: z.looseObject({}).optional(),
  excluded: z.boolean().optional(),
  editedFrom: Id.optional(),
  rating: RecordRating.optional(),
  preferences: z.array(RecordPreference).max(1000).optional(),
});
export type RecordMessage = z.infer<typeof RecordMessage>;

/** Where an imported chat came from. */
export const RecordOrigin = z.looseObject({
  format: Text.optional(),
  file: Text.optional(),
  /** Of the file, as hex digits. */
  sha256: Text.optional(),
  /** Its place in the file, from 0. */
  row: Count.optional(),
  originalId: Text.optional(),
  licence: Text.optional(),
});
export type RecordOrigin = z.infer<typeof RecordOrigin>;

/** All of a chat but its messages. */
export const RecordHead = z.looseObject({
  schema: z.literal(RECORD_SCHEMA),
  id: Id.optional(),
  title: cleanText(300).default(''),
  description: cleanText(20_000).default(''),
  tags: z.array(cleanText(64).min(1)).max(50).default([]),
  metadata: z.record(Text, Json).default({}),
  archived: z.boolean().default(false),
  pinned: z.boolean().default(false),
  createdAt: IsoTime.optional(),
  updatedAt: IsoTime.optional(),
  collector: Text.optional(),
  leafMessageId: Id.optional(),
  consent: z.looseObject({ status: Text }).optional(),
  visibility: Visibility.optional(),
  /** The name of the project it was in. */
  project: Text.optional(),
  settings: ModelSettings.optional(),
  agent: z.looseObject({ id: Id.optional(), name: Text.optional() }).optional(),
  /** Points into `texts`: the chat's own instructions. */
  instructions: TextHash.optional(),
  texts: z.record(TextHash, Text).optional(),
  source: RecordOrigin.optional(),
});
export type RecordHead = z.infer<typeof RecordHead>;

export const ChatRecord = RecordHead.extend({ messages: z.array(RecordMessage) });
export type ChatRecord = z.infer<typeof ChatRecord>;
