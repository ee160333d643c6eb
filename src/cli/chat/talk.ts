/** The chat itself: read a line, send it, draw the reply, again. */

import type { Chat, NewChat } from '#features/chats/chats.ts';
import type { Generation } from '#features/generations/generations.ts';
import { newId } from '#platform/ids.ts';
import { ApiError } from '#terminal/api-client.ts';
import { CommandError } from '#terminal/command.ts';
import type { AtTerminal } from './at-terminal.ts';
import { followReply } from './follow-reply.ts';

export type Talk = AtTerminal & {
  /** The chat that goes on; null: the first message makes one. */
  chat: Pick<Chat, 'id'> | null;
  /** For a chat that is made. */
  readonly fields: NewChat;
  readonly modelId: string | undefined;
  /** The generation of the last reply. */
  last: string | null;
};

/** Talks until the person leaves. `first`: a message given on the command line. True when the last reply came whole. */
export async function talk(talking: Talk, first: string | undefined): Promise<boolean> {
  let whole = true;
  let text: string | null = first ?? (await readMessage(talking));
  for (; text !== null; text = await readMessage(talking)) {
    const said = text.trim();
    if (said === '/exit' || said === '/quit') break;
    if (said === '' || command(talking, said)) continue;
    let isSent = false;
    try {
      const generationId: string = said === '/retry' ? await retry(talking) : await send(talking, text);
      isSent = true;
      talking.last = generationId;
      whole = (await followReply(talking, talking.chat!.id, generationId)).state === 'completed';
    } catch (error) {
      // Said, and gone on: a refusal must not end the chat.
      if (!(error instanceof CommandError)) throw error;
      talking.terminal.note(refusalOf(talking, error, isSent || said === '/retry'));
      whole = false;
    }
  }
  return whole;
}

/** Does what needs no reply; false for anything else. */
function command(talking: Talk, said: string): boolean {
  if (said === '/help') talking.terminal.note(talking.speech.words('chat_help'));
  else if (said === '/new') {
    talking.chat = null;
    talking.last = null;
  } else return false;
  return true;
}

/** Why it could not be done, when it can be tried again, and where the text is. */
function refusalOf({ terminal, speech }: Talk, error: CommandError, isSent: boolean): string {
  const { words, language } = speech;
  const isRefused = error instanceof ApiError;
  const at = isRefused ? error.retryAt : undefined;
  return [
    error.message,
    ...(at ? [words('chat_again_at', { time: momentOf(at, language) })] : []),
    ...(terminal.isInteractive && isRefused && !isSent ? [words('chat_not_sent')] : []),
  ].join(' ');
}

/** A time of today, or with its day. */
function momentOf(time: Date, language: string): string {
  const isToday = time.toDateString() === new Date().toDateString();
  return time.toLocaleString(language, { ...(!isToday && { dateStyle: 'long' }), timeStyle: 'short' });
}

async function readMessage({ terminal }: Talk): Promise<string | null> {
  let text = await terminal.read('› ');
  while (text?.endsWith('\\')) {
    const more = await terminal.read('… ');
    text = text.slice(0, -1) + (more === null ? '' : `\n${more}`);
  }
  return text;
}

/** Sends a message and returns its generation's id; the first one makes the chat. The ids are ours, so a repeat is known. */
async function send(talking: Talk, content: string): Promise<string> {
  const { api, chat, fields, modelId } = talking;
  const message = { id: newId(), replyId: newId(), content, ...(modelId && { modelId }) };
  if (chat) {
    const { generation } = await api.ask<Sent>('POST', `/api/v1/chats/${chat.id}/messages`, message);
    return generation.id;
  }
  const made = { id: newId(), ...fields };
  const { generation } = await api.ask<Sent>('POST', '/api/v1/messages', { chat: made, message });
  talking.chat = made;
  return generation.id;
}

async function retry({ api, last, speech }: Talk): Promise<string> {
  if (!last) throw new CommandError(speech.words('chat_no_reply'));
  const { generation } = await api.ask<Sent>('POST', `/api/v1/generations/${last}/retry`);
  return generation.id;
}

type Sent = { generation: Generation };
