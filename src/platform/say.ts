import english from './sentences/en.json' with { type: 'json' };
import { sentencesOf } from './sentences.ts';

/** Says what is the same for every noun: who may ask, what of a request cannot be used, what of the server does not work. */
export const say = sentencesOf(english);

/** A reason that a field of a request is refused for; a schema names one as its own message. */
export type FieldReason = Extract<keyof typeof english, `field_${string}`>;

/** True for the message of a schema that is such a reason. */
export const isFieldReason = (message: string): message is FieldReason =>
  message.startsWith('field_') && message in english;
