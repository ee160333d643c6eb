import { api } from '#web/api/http.ts';
import { basePath } from '#web/base-path.ts';
import type { Chat } from '../chats.ts';

/** The chat whose link is dropped, as links are dragged by browsers; null for anything else. */
export async function droppedChat(links: string): Promise<Chat | null> {
  const link = links.split('\n', 1)[0]!.trim();
  const path = URL.canParse(link) && new URL(link).origin === location.origin ? new URL(link).pathname : '';
  const begin = `${basePath}/c/`;
  if (!path.startsWith(begin)) return null;
  return api<Chat>('GET', `/api/v1/chats/${path.slice(begin.length)}`);
}
