import { useProject } from '#features/projects/web/index.ts';
import { ownerId } from '#web/kept/kept.ts';
import type { Chat } from '../chats.ts';
import { ALL, type ChatRights, rightsIn } from './rights-in.ts';

/**
 * What whoever is here may do with a chat, so that nothing else is offered; the server decides the same for itself. `look`: reads
 * what they are in its project, if nothing else has.
 */
export function useChatRights(chat: Chat | null | undefined, look: boolean): ChatRights {
  const shared = chat?.visibility === 'shared' ? chat.projectId : null;
  const { data: project } = useProject(shared, look);
  return chat ? rightsIn(chat, ownerId(), project?.role) : ALL;
}
