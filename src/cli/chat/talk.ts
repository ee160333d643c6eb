/** The chat itself: read a line, send it, draw the reply, again. */

import type { Chat, NewChat } from '#features/chats/chats.ts';
import type { Generation } from '#features/generations/generations.ts';
import { newId } from '#platform/ids.ts';
import type { ApiClient } from '#terminal/api-client.ts';
import { CommandError } from '#terminal/command.ts';
import type { Terminal } from '#terminal/terminal.ts';
import { followReply } from './follow-reply.ts';

export type Talk = {
  readonly api: ApiClient;
  readonly terminal: Terminal;
  /** The chat that goes on; null: the first message makes one. */
  chat: Pick<Chat, 'id'> | null;
  /** For a chat that is made. */
  readonly fields: NewChat;
  readonly modelId: string | undefined;
  /** The generation of the last reply. */
  last: string | null;
};

const HELP = `/new     begin another chat
/retry   have the last reply tried again
/exit    leave (Ctrl-D does too)
A line that ends with \\ goes on in the next one. Ctrl-C stops a reply and keeps what was written.`;

/** Talks until the person leaves. `first`: a message given on the command line. True when the last reply came whole. */
export async function talk(talking: Talk, first: string | undefined): Promise<boolean> {
  const { terminal } = talking;
  let whole = true;
  let text: string | null = first ?? (await readMessage(terminal));
  for (; text !== null; text = await readMessage(terminal)) {
    const said = text.trim();
    if (said === '/exit' || said === '/quit') break;
    if (said === '' || command(talking, said)) continue;
    try {
      const generationId: string = said === '/retry' ? await retry(talking) : await send(talking, text);
      talking.last = generationId;
      whole = (await followReply(talking.api, terminal, generationId)).state === 'completed';
    } catch (error) {
      // Said, and gone on: a refusal must not end the chat.
      if (!(error instanceof CommandError)) throw error;
      terminal.note(error.message);
      whole = false;
    }
  }
  return whole;
}

/** Does what needs no reply; false for anything else. */
function command(talking: Talk, said: string): boolean {
  if (said === '/help') talking.terminal.note(HELP);
  else if (said === '/new') {
    talking.chat = null;
    talking.last = null;
  } else return false;
  return true;
}

async function readMessage(terminal: Terminal): Promise<string | null> {
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

async function retry({ api, last }: Talk): Promise<string> {
  if (!last) throw new CommandError('There is no reply to try again yet.');
  const { generation } = await api.ask<Sent>('POST', `/api/v1/generations/${last}/retry`);
  return generation.id;
}

type Sent = { generation: Generation };
