import { mayWrite, type ProjectRole } from '#features/projects/rules.ts';
import type { Chat } from '../chats.ts';

/** What somebody may do with a chat. */
export type ChatRights = {
  /** Say something, have it answered, rename it. */
  readonly write: boolean;
  /** Delete it, move it, say who sees it. */
  readonly manage: boolean;
  /** It is not known yet. */
  readonly unknown?: true;
};

export const ALL: ChatRights = { write: true, manage: true };
const NONE: ChatRights = { write: false, manage: false };

/** By the table of roles: a private chat is its author's alone, a shared one goes by what one is in its project. */
export function rightsIn(
  { visibility, authorId }: Pick<Chat, 'visibility' | 'authorId'>,
  userId: string | null,
  role: ProjectRole | undefined,
): ChatRights {
  const own = authorId === userId;
  if (visibility === 'private') return own ? ALL : NONE;
  if (!role) return { ...NONE, unknown: true };
  return { write: mayWrite(role), manage: role === 'owner' || (own && role === 'editor') };
}
