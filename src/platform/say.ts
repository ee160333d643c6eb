import english from './sentences/en.json' with { type: 'json' };
import { sentencesOf } from './sentences.ts';

/** Says what the server says of itself, whatever the feature. */
export const say = sentencesOf(english);
