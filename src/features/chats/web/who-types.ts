/** Who is typing in the shared chats, as far as somebody has said so lately. */
import { create } from 'zustand';

/** They say so every 2 s while they do. */
const SHOWN_MS = 4000;

export type Typer = { readonly userId: string; readonly name: string };
export const useTypers = create<{ readonly [chatId: string]: readonly Typer[] | undefined }>(() => ({}));
const timers = new Map<string, ReturnType<typeof setTimeout>>();

/** Somebody types; for a moment. */
export function noteTyping({ chatId, userId, name }: Record<string, unknown>): void {
  const typer = { userId: String(userId), name: String(name) };
  const chat = String(chatId);
  clearTimeout(timers.get(chat + typer.userId));
  timers.set(
    chat + typer.userId,
    setTimeout(() => noteStopped(chat, typer.userId), SHOWN_MS),
  );
  useTypers.setState((all) => {
    const others = all[chat] ?? [];
    return { [chat]: others.some((one) => one.userId === typer.userId) ? others : [...others, typer] };
  });
}

/** They do not any more: what they typed is here, or they gave it up. */
export function noteStopped(chatId: string, userId: string): void {
  clearTimeout(timers.get(chatId + userId));
  timers.delete(chatId + userId);
  useTypers.setState((all) => ({ [chatId]: all[chatId]?.filter((one) => one.userId !== userId) }));
}
