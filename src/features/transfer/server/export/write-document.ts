import type { Tx } from '#platform/database/database.ts';
import { type Language, type Style, type Words, wordsIn } from './document.ts';
import { markdownStyle } from './markdown-style.ts';
import { readBranch } from './read-branch.ts';
import { readHead } from './read-head.ts';
import { textStyle } from './text-style.ts';

const STYLES: Record<'md' | 'txt', (words: Words) => Style> = {
  md: markdownStyle,
  txt: textStyle,
};

/** Writes the shown branches of chats to read them, one after another; nothing for a chat that is gone. */
export function documentsOf(
  tx: Tx,
  format: keyof typeof STYLES,
  language: Language,
): (chatId: string) => AsyncGenerator<string> {
  const style = STYLES[format](wordsIn(language));
  return async function* (chatId) {
    const head = await readHead(tx, chatId);
    if (!head) return;
    yield style.begin(head, new Date());
    for await (const turns of readBranch(tx, head)) yield turns.map(style.turn).join('');
    yield style.end();
  };
}
