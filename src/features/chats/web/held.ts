/** A message written while a reply is still being written, per chat: it goes out when the reply is complete. */
import { create } from 'zustand';
import { runningIn, useReplies } from '#features/generations/web/index.ts';
import { keepText, readText, whenKeptChanges } from '#web/kept/kept.ts';
import { send } from './outbox.ts';

const PREFIX = 'held.';
/** What is drawn; the truth is in the browser's storage, so that of two tabs only one sends. */
const useHeldTexts = create<Record<string, string>>(() => ({}));
whenKeptChanges(() => useHeldTexts.setState({}, true));

const read = (chatId: string): string => readText(PREFIX + chatId);

/** The held text of a chat; empty: none. */
export function useHeld(chatId: string | null): string {
  const text = useHeldTexts((texts) => texts[chatId ?? '']);
  return chatId === null ? '' : (text ?? read(chatId));
}

/** Holds a text, behind what is held already. */
export function hold(chatId: string, text: string): void {
  const before = read(chatId);
  put(chatId, before === '' ? text : `${before}\n\n${text}`);
}

/** Takes the held text away and answers with it. */
export function release(chatId: string): string {
  const text = read(chatId);
  put(chatId, '');
  return text;
}

/** Sends what is held, to the model that answered last. */
export function sendHeld(chatId: string): void {
  // Of several replies that are compared, another may still be written.
  if (runningIn(useReplies.getState().replies, chatId).length > 0) return;
  const text = release(chatId);
  if (text !== '') send({ chatId, text, modelId: null });
}

function put(chatId: string, text: string): void {
  keepText(PREFIX + chatId, text);
  useHeldTexts.setState({ [chatId]: text });
}
