/** What other features and the page may use of instructions. */
import type { Part } from '#web/i18n/fetched-part.tsx';
import { later } from './later-words.ts';

export { refreshInstructions } from './refresh.ts';

/** A chat's own instructions, fetched when they are shown. */
export const CHAT_INSTRUCTIONS: Part<{ chatId: string }> = {
  fetch: () => import('./chat-instructions.tsx'),
  words: [later],
};
