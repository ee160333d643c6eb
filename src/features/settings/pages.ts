/** What the settings add to the page: words alone, for the fields that other rooms show. */
import { later } from './web/later-words.ts';

export const words = { later };
