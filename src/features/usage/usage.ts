/** What server and web share about a user's own usage: what there is left, and what was asked day by day. */
import { z } from 'zod';
import { Limits } from '#features/accounts/accounts.ts';
import { cleanText } from '#fields';

/** Query of `GET /api/v1/usage`: so many days back, today included; days as a clock in `timeZone` counts them. */
export const UsageQuery = z.object({
  days: z.coerce.number().int().min(1).max(366).default(30),
  timeZone: cleanText(64).default('UTC'),
});

/** One day and one model; days without any are left out. Tokens that no server reported are not counted. */
export const UsageDay = z.object({
  day: z.iso.date(),
  model: z.string(),
  generations: z.int(),
  completed: z.int(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  /** How many left the line, and the milliseconds they spent there, all together. */
  started: z.int(),
  waitMs: z.int(),
});
export type UsageDay = z.infer<typeof UsageDay>;

/** `GET /api/v1/usage`. */
export const Usage = z.object({
  /** What holds for this user. */
  limits: Limits,
  /** How much of it is used: chats, replies running and waiting, sends in the last minute, tokens in 24 hours. */
  used: z.object({
    chats: z.int(),
    running: z.int(),
    waiting: z.int(),
    lastMinute: z.int(),
    tokens: z.number(),
  }),
  /** What is stored, text and files together. */
  storage: z.object({ bytes: z.int(), maxBytes: z.int() }),
  days: z.array(UsageDay),
});
export type Usage = z.infer<typeof Usage>;
