import { sentencesOf } from '#platform/sentences.ts';
import english from './sentences/en.json' with { type: 'json' };

/** Says how a call of a model server failed. What the server said itself is no part of it. */
export const say = sentencesOf(english);
