/** What other features show of instructions: fetched when it is shown. */
import type { Part } from '#web/i18n/fetched-part.tsx';
import { later } from './later-words.ts';

/** A project's instructions, fetched when they are shown. */
export const PROJECT_INSTRUCTIONS: Part<{ projectId: string; reads: boolean }> = {
  fetch: () => import('./project-instructions.tsx'),
  words: [later],
};

/** A chat's own instructions, fetched when they are shown. */
export const CHAT_INSTRUCTIONS: Part<{ chatId: string }> = {
  fetch: () => import('./chat-instructions.tsx'),
  words: [later],
};
