/** What a mail is about, as its job has it. No token is in it: whoever reads the table of jobs opens nothing. */
import { z } from 'zod';
import { Id } from '#fields';
import { LANGUAGES } from '#platform/http/language-of.ts';

export const MailAbout = z.discriminatedUnion('about', [
  z.object({ about: z.literal('test'), userId: Id }),
  z.object({ about: z.literal('reset'), email: z.string() }),
  /** `email`: the account's, or the one it is to have. */
  z.object({ about: z.literal('verify'), userId: Id, email: z.string() }),
  z.object({ about: z.literal('moved'), email: z.string() }),
  /** `sealed`: the token, encrypted for this invitation. */
  z.object({ about: z.literal('invite'), inviteId: Id, sealed: z.string() }),
]);
export type MailAbout = z.infer<typeof MailAbout>;

/** In which language it is, and at which address its reader finds this Parley. */
export const Manner = z.object({ language: z.enum(LANGUAGES), base: z.string() });
export type Manner = z.infer<typeof Manner>;
