/** Which settings are meant by what was typed. */
import type { SettingEntry } from '#web/pages.ts';

/** Without capitals, accents and the dots that Russian writes or leaves out. */
const plain = (text: string): string => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');

/** Whether each word that was typed begins a word of the text. */
export function isMeant(typed: string, text: string): boolean {
  const words = plain(text).split(/[^\p{L}\p{N}]+/u);
  const asked = plain(typed).match(/[\p{L}\p{N}]+/gu) ?? [];
  return asked.every((begun) => words.some((word) => word.startsWith(begun)));
}

/** The settings that somebody sees, in order. */
export function seenBy(entries: readonly SettingEntry[], role: 'admin' | 'member' | 'guest'): SettingEntry[] {
  const sees: Record<'account' | 'admin', boolean> = { account: role !== 'guest', admin: role === 'admin' };
  return entries
    .filter((entry) => !entry.for || sees[entry.for])
    .sort((one, other) => one.order - other.order);
}
