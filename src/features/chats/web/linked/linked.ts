import { later } from '../later-words.ts';

/** What takes a reader far up a chat, and what stands there in the place of messages that are not read. */
export const LINKED = { fetch: () => import('./part.tsx'), words: [later] };
