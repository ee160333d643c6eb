import { keepText, keptNames, readText } from '#web/kept/kept.ts';
import { TEXT } from '#web/kept/storage.ts';
import { addToDraft } from '../drafts.ts';

const PREFIX = 'held.';

/** Puts what an earlier version held back in this browser into the composers of its chats: nothing of it is sent by itself. */
export function takeOverHeldTexts(): void {
  for (const name of keptNames(TEXT + PREFIX)) {
    const held = name.slice(TEXT.length);
    addToDraft(held.slice(PREFIX.length), readText(held));
    keepText(held, '');
  }
}
