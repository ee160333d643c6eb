/** What people think of replies: a rating of one, a preference among several. Each is its person's own. */
import { z } from 'zod';
import { cleanText, Id, IsoTime } from '#fields';

const comment = cleanText(4000).default('');

/** What the asker thinks of a message; `value` null where they only wrote something about it. */
export const Rating = z.object({
  value: z.union([z.literal(1), z.literal(-1)]).nullable(),
  tags: z.array(z.string()),
  comment: z.string(),
  updatedAt: IsoTime,
});
export type Rating = z.infer<typeof Rating>;
/** Body of `PUT /api/v1/messages/{id}/rating`; what is missing is empty. Null without tags and comment takes it back. */
export const NewRating = z.object({
  value: Rating.shape.value,
  tags: z.array(cleanText(64).min(1)).max(20).default([]),
  comment,
});
export type NewRating = z.infer<typeof NewRating>;

/** Whether one is better, they are as good as one another, or none is any good. */
export const Verdict = z.enum(['better', 'tie', 'both_bad']);

/** A comparison of replies to one message. `chosen`: the one to go on with; null where no choice was made between equals. */
export const Preference = z.object({
  id: Id,
  chatId: Id,
  userMessageId: Id,
  chosen: Id.nullable(),
  over: z.array(Id),
  verdict: Verdict,
  reason: z.string(),
  createdAt: IsoTime,
});
export type Preference = z.infer<typeof Preference>;
/** The replies that several models wrote to one message, in the order of the models, and what the asker last said of them. */
export const Compared = z.object({
  ids: z.array(Id),
  preference: Preference.pick({ chosen: true, verdict: true, reason: true }).nullable(),
});
export type Compared = z.infer<typeof Compared>;
/** Body of `POST /api/v1/messages/{userMessageId}/prefer`; `chosen` may only be missing where none is better. */
export const NewPreference = z.object({
  chosen: Preference.shape.chosen.default(null),
  over: z.array(Id).min(1).max(20),
  verdict: Verdict,
  reason: comment,
});
export type NewPreference = z.infer<typeof NewPreference>;
