import { TOPICS } from '#platform/signals.ts';

/**
 * The live bus: what is happening now, told to whoever listens. Never the source of truth: a message may be lost,
 * and everything it says can be read from the database.
 */
export interface LiveBus {
  /** Names this process on the bus; also the origin of its wake-ups. */
  readonly processId: string;
  /** True when `publishStream` reaches other processes too; where it does not, they read the event log. */
  readonly carriesStreams: boolean;
  /** Tells everybody who listens to `topic`, in this process (at once) and in others (soon). Messages are JSON. */
  publish(topic: string, message: BusMessage): void;
  /** Like `publish`, for a generation's events: many a second, so other processes get them only where `carriesStreams`. */
  publishStream(topic: string, message: BusMessage): void;
  /** Tells every process but this one. */
  publishElsewhere(topic: string, message: BusMessage): void;
  /** Tells this process only. */
  publishHere(topic: string, message: BusMessage): void;
  /** Listens to a topic until the returned function is called. */
  subscribe(topic: string, listener: (message: BusMessage) => void): () => void;
  /** Called when messages may have been missed (a connection was lost and is back): read the database again. */
  onGap(listener: () => void): () => void;
  close(): Promise<void>;
}

/** Anything with a type; `gap` stands for a message too large to carry: read the database again. */
export type BusMessage = { readonly type: string; readonly [field: string]: unknown };

/** Topic of what concerns everybody who is signed in. */
export const EVERYBODY_TOPIC = TOPICS.everybody;
/** Topic of everything that concerns one user: `user_message_saved`, `chat_saved`, … */
export const userTopic = (userId: string): string => `${TOPICS.user}:${userId}`;
/** Topic of what the members of one project hear of: the project itself, and its shared chats. */
export const projectTopic = (projectId: string): string => `${TOPICS.project}:${projectId}`;
/** Topic of one shared chat, for those who have it open: a reply that somebody asks for, who is typing. */
export const chatTopic = (chatId: string): string => `${TOPICS.chat}:${chatId}`;
/** Topic of one generation's events. */
export const generationTopic = (generationId: string): string => `${TOPICS.generation}:${generationId}`;
/** Topic on which one generation is asked to stop. */
export const cancelTopic = (generationId: string): string => `${TOPICS.cancel}:${generationId}`;
/** Topic of what happens to the lines: `enqueued` and `line_moved`, with their `endpointId`. */
export const QUEUE_TOPIC = TOPICS.queue;
