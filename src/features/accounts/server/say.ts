import { sentencesOf } from '#platform/sentences.ts';
import english from '../sentences/en.json' with { type: 'json' };

/** Says what people are told about accounts, keys, limits and signing in. */
export const say = sentencesOf(english);
