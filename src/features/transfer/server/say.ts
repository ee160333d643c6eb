import { sentencesOf } from '#platform/sentences.ts';
import english from '../sentences/en.json' with { type: 'json' };

/** Says what people are told about chats that go out and come in. */
export const say = sentencesOf(english);
