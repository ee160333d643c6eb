/** Finds out whose is what an earlier version kept in this browser, which it did under nobody's id. */
import { api } from '#web/api/http.ts';
import { takeOver } from '#web/kept/kept.ts';
import { namesOf, read, SEEN, TEXT, write } from '#web/kept/storage.ts';
import type { Chat } from '../chats.ts';

/** Nobody signs in as this: what lies there is seen by nobody, and removed after a while as anybody's is. */
const UNKNOWN = 'unknown';
const EARLIER = /^parley\.((?:outbox|draft|held)\..*)$/s;

/** Gives the owner of this page what was written in a chat that is theirs; about anything else nothing can be proven. */
export async function claimEarlier(): Promise<void> {
  setAside();
  const names = Map.groupBy(namesOf(UNKNOWN), chatOf);
  for (const [chatId, ofChat] of names) {
    if (chatId === null) continue;
    const chat = await api<Chat>('GET', `/api/v1/chats/${chatId}`).catch(() => null);
    if (chat) takeOver(UNKNOWN, ofChat);
  }
}

function setAside(): void {
  for (const key of Object.keys(localStorage)) {
    const name = EARLIER.exec(key)?.[1];
    if (!name) continue;
    const value = localStorage.getItem(key);
    localStorage.removeItem(key);
    write(UNKNOWN, name.startsWith('outbox.') ? name : TEXT + name, value);
    write(UNKNOWN, SEEN, String(Date.now()));
  }
}

const TEXT_OF = /^text\.(?:draft|held)\.(?!new$)(.+)$/;

function chatOf(name: string): string | null {
  try {
    return TEXT_OF.exec(name)?.[1] ?? (JSON.parse(read(UNKNOWN, name) ?? '') as { chatId: string }).chatId;
  } catch {
    return null;
  }
}
