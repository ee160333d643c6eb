/** What a run leaves for the checker: what clients were told, what the database holds, what the upstream was asked. */

/** One line of a client's log. `at` is milliseconds since 1970. */
export type ClientEntry = { at: number; client: number } & (
  | {
      kind: 'accepted';
      messageId: string;
      replyId: string;
      chatId: string;
      content: string;
      generationId: string;
    }
  /** An answer that a fault does not excuse: 4xx, or a stream that cannot be read. */
  | { kind: 'refused'; what: string; status: number; body: string }
  | { kind: 'retried'; generationId: string; from: string }
  /** A message that was to wait for a reply to end; and one that was taken back again, for certain or perhaps. */
  | { kind: 'kept'; messageId: string; content: string }
  | { kind: 'taken-back'; messageId: string; certain: boolean }
  /** Chats from elsewhere: acknowledged, or brought in with nobody to hear the answer. */
  | {
      kind: 'brought';
      chats: { chatId: string; messages: { id: string; text: string }[] }[];
      certain: boolean;
    }
  /** A message beside another one: what was answered again, with its generation, or a reply that was rewritten. */
  | { kind: 'beside'; messageId: string; generationId: string | null }
  /** What a reply's model was told, rebuilt in the end: whether it has the hash of its stamp. */
  | { kind: 'proved'; messageId: string; chatId: string; verified: boolean; reason: string }
  | { kind: 'deleted'; messageId: string }
  | { kind: 'restored'; messageId: string }
  | { kind: 'cancelled'; generationId: string; state: string }
  /** A reader takes its place: `after` as it said, null for nowhere. Readings are numbered across all clients. */
  | { kind: 'reading'; reading: number; generationId: string; after: number | null; over: 'sse' | 'ws' }
  | { kind: 'event'; reading: number; seq: number; type: string; data: Record<string, unknown> }
);

export type StoredMessage = {
  id: string;
  chatId: string;
  role: string;
  parentId: string | null;
  deleted: boolean;
  text: string;
};
/** Where the search index has a message: in which chat, and in whose chats or which project's. */
export type IndexedMessage = { messageId: string; chatId: string; inPlace: boolean };
/** Where the shown branch of a chat ends. */
export type StoredLeaf = { chatId: string; leafId: string | null };
export type StoredEvent = { seq: number; type: string; data: Record<string, unknown> };
export type StoredGeneration = {
  id: string;
  userMessageId: string | null;
  /** The text of the reply it wrote. */
  text: string | null;
  replyId: string | null;
  retryOf: string | null;
  state: string;
  epoch: number;
  queuedAt: number;
  started: boolean;
  finishedAt: number | null;
  leased: boolean;
  charged: number | null;
  outputTokens: number | null;
  lastSeq: number | null;
  /** Its log, while that is kept; null afterwards. */
  events: StoredEvent[] | null;
};
/** One call of the upstream. Its tokens begin with `c<number>w`. */
export type UpstreamCall = { number: number; mark: string; startedAt: number; open: boolean };

export type Evidence = {
  clients: readonly ClientEntry[];
  messages: readonly StoredMessage[];
  leaves: readonly StoredLeaf[];
  indexed: readonly IndexedMessage[];
  /** The ids of messages that wait still. */
  outbox: readonly string[];
  generations: readonly StoredGeneration[];
  calls: readonly UpstreamCall[];
};

/** Something that must not have happened; `promise` is its number in docs/quality. */
export type Violation = { promise: 1 | 2 | 3 | 4 | 5 | 6; what: string; id: string };
