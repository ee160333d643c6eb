import { sentencesOf } from '#platform/sentences.ts';
import english from '../sentences/en.json' with { type: 'json' };

/** Says why an account cannot be deleted yet. */
export const say = sentencesOf(english);
