import { sentencesOf } from '#platform/sentences.ts';
import english from '../sentences/en.json' with { type: 'json' };

/** Says what people are told about files. */
export const say = sentencesOf(english);
