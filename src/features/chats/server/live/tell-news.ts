/** What a connection passes on of the news it hears: as its user may read it now. */
import { findProject, type ProjectChanged } from '#features/projects/server/index.ts';
import { AppError } from '#platform/errors.ts';
import type { BusMessage } from '#platform/live-bus/live-bus.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { chatFor } from '../access.ts';
import { CHATS_CHANGED, type ChatWithdrawn } from '../publish-chat.ts';
import type { Connection } from './connection.ts';

/** Whose connection it is, and for which chat alone; null: for everything. */
export type Listener = {
  services: Services;
  asker: Principal;
  chatId: string | null;
  connection: Connection;
};

/** Passes on what concerns the connection; true when its own chat cannot be read any more. */
export async function tellNews(listener: Listener, message: BusMessage): Promise<boolean> {
  if (message.type === 'project_changed')
    return tellProject(listener, (message as unknown as ProjectChanged).projectId);
  if (message.type === 'chat_withdrawn') return tellWithdrawn(listener, message as unknown as ChatWithdrawn);
  if (message.type === CHATS_CHANGED) return tellChatsChanged(listener);
  const data = message.data as { chatId?: string; chat?: { id: string } } | undefined;
  const concerned = data?.chatId ?? data?.chat?.id;
  if (listener.chatId && concerned !== listener.chatId) return false;
  listener.connection.send(message.type, data ?? {});
  return message.type === 'chat_deleted' && listener.chatId !== null;
}

/** A project as this user sees it, with their role in it; or that it is gone for them. */
export async function tellProject(listener: Listener, projectId: string): Promise<boolean> {
  const { services, asker, chatId, connection } = listener;
  if (chatId) return !(await mayRead(listener, chatId));
  const project = await findProject(services.db.$client, asker, projectId);
  if (project) connection.send('project_saved', { project });
  else connection.send('project_deleted', { projectId });
  return false;
}

async function tellWithdrawn(listener: Listener, { chatId }: ChatWithdrawn): Promise<boolean> {
  if (listener.chatId && listener.chatId !== chatId) return false;
  if (await mayRead(listener, chatId)) return false;
  listener.connection.send('chat_deleted', { chatId });
  return listener.chatId !== null;
}

/** Many chats at once are not named: whoever hears of it looks at those that they have. */
async function tellChatsChanged(listener: Listener): Promise<boolean> {
  if (!listener.chatId) listener.connection.send(CHATS_CHANGED, {});
  else return tellWithdrawn(listener, { type: 'chat_withdrawn', chatId: listener.chatId });
  return false;
}

async function mayRead({ services, asker }: Listener, chatId: string): Promise<boolean> {
  try {
    await chatFor(services.db.$client, asker, chatId, 'read');
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return false;
    throw error;
  }
}
