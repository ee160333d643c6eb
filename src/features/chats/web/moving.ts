/** Moving a chat into a project, out of it, to another one. */
import { create } from 'zustand';
import { openWindow } from '#web/ui/windows.ts';
import type { Chat } from '../chats.ts';

/** The chat that the window is about, and the project that was already chosen for it. */
type Moving = { chat: Chat | null; projectId: string | null };
export const useMoving = create<Moving>(() => ({ chat: null, projectId: null }));

/** Asks where a chat is to be; `projectId`: where it was dropped. */
export function askWhere(chat: Chat, projectId: string | null = chat.projectId): void {
  useMoving.setState({ chat, projectId });
  openWindow('move-chat');
}
