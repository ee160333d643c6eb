import type { Original } from './originals.ts';

/**
 * A chat as it is going to lie in the tables. Everything that has an id has two: the one it comes with, and under `other` the one it
 * gets where that is taken. What is many comes as JSON text, which the database reads: nobody here looks into it any more.
 */
export type ChatRows = {
  id: string;
  other: string;
  title: string;
  description: string;
  tags: string[];
  metadata: Record<string, unknown>;
  archived: boolean;
  pinned: boolean;
  createdAt: string | null;
  updatedAt: string | null;
  /** When something was last said in it. */
  activeAt: string | null;
  settings: Record<string, unknown>;
  agentId: string | null;
  instructions: string | null;
  leaf: { id: string; other: string } | null;
  /** The id it had elsewhere, which it tells; when its own is taken, that one. */
  originalId: string | null;
  origin: Record<string, unknown> | null;
  /** The id by which it would have been kept here, had it come in before; null where no id tells it apart. */
  knownAs: { id: string; format: string } | null;
  original: Original;
  count: number;
  /** False where the ids were made of the chat's own: then nobody else can have them. */
  mayBeTaken: boolean;
  messageIds: string[];
  /** `[{place, id, other, parent, otherParent, role, source, content, metadata, ending, createdAt, excluded, edited, otherEdited, originalId}]` */
  messages: string;
  /** `[{id, other, value, tags, comment, updatedAt}]` */
  ratings: string;
  /** `[{id, other, chosen, otherChosen, over, otherOver, verdict, reason, createdAt}]` */
  preferences: string;
  /** `[{id, other, record}]` */
  originals: string;
};
