/** Which chat the terminal talks in: a new one, the last one, or one that is chosen. */
import { isCancel, select } from '@clack/prompts';
import type { Chat } from '#features/chats/chats.ts';
import type { Generation } from '#features/generations/generations.ts';
import type { Message } from '#features/messages/messages.ts';
import { textOf } from '#features/messages/rules.ts';
import type { ApiClient } from '#terminal/api-client.ts';
import { CommandError } from '#terminal/command.ts';
import { asPlainText } from '#terminal/markdown-writer.ts';
import type { Terminal } from '#terminal/terminal.ts';
import { drawMarkdown, followReply } from './follow-reply.ts';

/** Chats offered to choose from. */
const OFFERED = 20;
/** Earlier messages shown when a chat is taken up again. */
const SHOWN = 6;

type List<T> = { items: T[] };

/** The chat to take up again, or null for a new one. `resume`: an id, or empty to choose. */
export async function findChat(
  api: ApiClient,
  terminal: Terminal,
  { resume, last }: { resume: string | undefined; last: boolean },
): Promise<Chat | null> {
  if (resume) return api.ask<Chat>('GET', `/api/v1/chats/${encodeURIComponent(resume)}`);
  if (resume === undefined && !last) return null;
  const { items } = await api.ask<List<Chat>>('GET', `/api/v1/chats?limit=${last ? 1 : OFFERED}`);
  if (items.length === 0) throw new CommandError('There is no earlier chat.');
  if (last) return items[0]!;
  if (!terminal.isInteractive) throw new CommandError('Say which one: --resume <id>, or --last.');
  const chosen = await select({
    message: 'Which chat?',
    options: items.map((chat) => ({
      value: chat.id,
      label: chat.title || '(untitled)',
      hint: new Date(chat.activeAt).toLocaleString(),
    })),
  });
  if (isCancel(chosen)) throw new CommandError('Nothing chosen.');
  return items.find((chat) => chat.id === chosen) ?? null;
}

/**
 * Shows the end of a chat, and goes on with a reply that is still being written. Returns the generation of the last
 * reply, which can be retried.
 */
export async function showChat(api: ApiClient, terminal: Terminal, chat: Chat): Promise<string | null> {
  terminal.note(`${chat.title || '(untitled)'}  ${chat.id}`);
  const { items } = await api.ask<List<Message>>('GET', `/api/v1/chats/${chat.id}/messages?limit=${SHOWN}`);
  for (const { role, content, generationId } of items) {
    if (generationId && (await isRunning(api, generationId))) await followReply(api, terminal, generationId);
    else if (role === 'user')
      terminal.write(`\n› ${asPlainText(textOf(content)).replaceAll('\n', '\n  ')}\n\n`);
    else terminal.write(`${drawMarkdown(terminal, textOf(content))}\n`);
  }
  return items.findLast(({ generationId }) => generationId)?.generationId ?? null;
}

async function isRunning(api: ApiClient, generationId: string): Promise<boolean> {
  const { state } = await api.ask<Generation>('GET', `/api/v1/generations/${generationId}`);
  return state === 'queued' || state === 'running';
}
