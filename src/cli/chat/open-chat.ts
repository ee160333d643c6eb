/** Which chat the terminal talks in: a new one, the last one, or one that is chosen. */
import { isCancel, select } from '@clack/prompts';
import type { Chat } from '#features/chats/chats.ts';
import type { Generation } from '#features/generations/generations.ts';
import type { Message } from '#features/messages/messages.ts';
import { textOf } from '#features/messages/rules.ts';
import { CommandError } from '#terminal/command.ts';
import { asPlainLine, asPlainText } from '#terminal/plain-text.ts';
import { wrapText } from '#terminal/wrap-line.ts';
import type { AtTerminal } from './at-terminal.ts';
import { drawMarkdown, followReply } from './follow-reply.ts';

/** Chats offered to choose from. */
const OFFERED = 20;
/** Earlier messages shown when a chat is taken up again. */
const SHOWN = 6;

type List<T> = { items: T[] };

/** The chat to take up again, or null for a new one. `resume`: an id, or empty to choose. */
export async function findChat(
  { api, terminal, speech: { words, language } }: AtTerminal,
  { resume, last }: { resume: string | undefined; last: boolean },
): Promise<Chat | null> {
  if (resume) return api.ask<Chat>('GET', `/api/v1/chats/${encodeURIComponent(resume)}`);
  if (resume === undefined && !last) return null;
  const { items } = await api.ask<List<Chat>>('GET', `/api/v1/chats?limit=${last ? 1 : OFFERED}`);
  if (items.length === 0) throw new CommandError(words('chat_none'));
  if (last) return items[0]!;
  if (!terminal.isInteractive) throw new CommandError(words('chat_name_one'));
  const chosen = await select({
    message: words('chat_which'),
    options: items.map((chat) => ({
      value: chat.id,
      label: asPlainLine(chat.title) || words('chat_untitled'),
      hint: new Date(chat.activeAt).toLocaleString(language),
    })),
  });
  if (isCancel(chosen)) throw new CommandError(words('chat_not_chosen'));
  return items.find((chat) => chat.id === chosen) ?? null;
}

/**
 * Shows the end of a chat, and goes on with a reply that is still being written. Returns the generation of the last
 * reply, which can be retried.
 */
export async function showChat(at: AtTerminal, chat: Chat): Promise<string | null> {
  const { api, terminal, speech } = at;
  terminal.note(`${asPlainLine(chat.title) || speech.words('chat_untitled')}  ${chat.id}`);
  const { items } = await api.ask<List<Message>>('GET', `/api/v1/chats/${chat.id}/messages?limit=${SHOWN}`);
  for (const { role, content, generationId } of items) {
    if (generationId && (await isRunning(at, generationId))) await followReply(at, chat.id, generationId);
    else if (role === 'user') terminal.write(`\n${drawQuestion(at, textOf(content))}\n\n`);
    else terminal.write(`${drawMarkdown(terminal, textOf(content))}\n`);
  }
  return items.findLast(({ generationId }) => generationId)?.generationId ?? null;
}

/** What the person asked, as they typed it. */
function drawQuestion({ terminal: { wraps, width } }: AtTerminal, text: string): string {
  const asTyped = `› ${asPlainText(text).replaceAll('\n', '\n  ')}`;
  return wraps ? wrapText(asTyped, width, '  ') : asTyped;
}

async function isRunning({ api }: AtTerminal, generationId: string): Promise<boolean> {
  const { state } = await api.ask<Generation>('GET', `/api/v1/generations/${generationId}`);
  return state === 'queued' || state === 'running';
}
