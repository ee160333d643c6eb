import type { Part } from '#web/i18n/fetched-part.tsx';
import type { Fill } from './fill.ts';
import { later } from './later-words.ts';

/** The context meter of a chat's head: fetched when it has something to say. */
export const CONTEXT_METER: Part<{ fill: Fill }> = {
  fetch: () => import('./context-meter.tsx'),
  words: [later],
};
