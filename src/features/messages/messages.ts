/** What server, page and terminal share about messages: one turn of a chat, its parts, and what a model is told with it. */
import { z } from 'zod';
import { Id, IsoTime, Json, Limit, Metadata } from '#fields';
import { Ending, TerminalState } from './endings.ts';
import { Compared, Rating } from './opinions.ts';

export const TextPart = z.object({ type: z.literal('text'), text: z.string() });
export const ReasoningPart = z.object({ type: z.literal('reasoning'), text: z.string() });
export const ToolCallPart = z.object({
  type: z.literal('tool_call'),
  toolCallId: z.string(),
  name: z.string(),
  arguments: z.string(),
});
export const ToolResultPart = z.object({
  type: z.literal('tool_result'),
  toolCallId: z.string(),
  result: z.string(),
});
/** One piece of a message's content. */
export const Part = z.discriminatedUnion('type', [TextPart, ReasoningPart, ToolCallPart, ToolResultPart]);
export type Part = z.infer<typeof Part>;

export const Role = z.enum(['user', 'assistant', 'system', 'tool']);
export type Role = z.infer<typeof Role>;

/** The messages with the same parent in the order in which they were made, and which of them this one is, from 0. */
export const Siblings = z.object({ index: z.int(), count: z.int(), ids: z.array(Id) });
export type Siblings = z.infer<typeof Siblings>;

/** Who or what wrote a message. `human_edit`: a person, out of a model's reply. */
export const Source = z.enum(['human', 'model', 'scenario', 'tool', 'human_edit', 'import']);
export type Source = z.infer<typeof Source>;

export const Message = z.object({
  id: Id,
  chatId: Id,
  parentId: Id.nullable(),
  role: Role,
  content: z.array(Part),
  generationId: Id.nullable(),
  /** The agent that writes or wrote it; null: none. */
  agentId: Id.nullable(),
  /** Who said it; null for what a model wrote. */
  authorId: Id.nullable(),
  /** How the reply ended; null until it has, and for what nobody generated. */
  ending: Ending.nullable(),
  /** The person's own; Parley writes nothing into it. */
  metadata: z.record(z.string(), Json),
  source: Source,
  /** The message that was rewritten as this one. */
  editedFrom: Id.nullable(),
  /** Kept on the page, and out of what a model is told. */
  excluded: z.boolean(),
  /** The asker's own, and nobody else's; where messages are read. */
  rating: Rating.nullable().optional(),
  /** Where messages are read, and with a reply that was added; missing in answers that nobody should wait for. */
  siblings: Siblings.optional(),
  /** The comparison a reply was made in, as the asker judged it; where `siblings` are, and for such a reply alone. */
  compared: Compared.optional(),
  createdAt: IsoTime,
  /** The id it had elsewhere; for what was imported. */
  originalId: z.string().optional(),
});
export type Message = z.infer<typeof Message>;

/** Body of `PATCH /api/v1/messages/{id}`: only what is named changes. */
export const MessagePatch = z.object({ excluded: z.boolean(), metadata: Metadata }).partial();
export type MessagePatch = z.infer<typeof MessagePatch>;

/** One message in the overview of a chat; `state` is that of a reply's generation, null for what nobody generated. */
export const TreeNode = z.object({
  id: Id,
  parentId: Id.nullable(),
  role: Role,
  /** How its text begins, on one line. */
  preview: z.string(),
  createdAt: IsoTime,
  state: z.enum(['queued', 'running', ...TerminalState.options]).nullable(),
});
export type TreeNode = z.infer<typeof TreeNode>;

/**
 * Query of `GET /api/v1/chats/{id}/messages`. `before`: a message of the chat, whose ancestors are the page; `from` and `around`: one of
 * the shown branch, with which the page begins, or which is in its middle. The last of these that is there counts.
 */
export const BranchQuery = z.object({
  limit: Limit,
  before: Id.optional(),
  from: Id.optional(),
  around: Id.optional(),
});
export type BranchQuery = z.infer<typeof BranchQuery>;
