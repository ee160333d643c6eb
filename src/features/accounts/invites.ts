/** What server and page share about how people come in and back in: links, invitations, and the mail that carries them. */
import { z } from 'zod';
import { Id } from '#fields';

/** `POST /api/v1/admin/users/{id}/reset-link`: a link to hand over. Whoever opens it can choose that account's password, once. */
export const ResetLink = z.object({ url: z.string(), expiresAt: z.iso.datetime() });
export type ResetLink = z.infer<typeof ResetLink>;

/** An invitation to make an account. */
export const AccountInvite = z.object({
  id: Id,
  /** The only address it is good for; null: any. */
  email: z.string().nullable(),
  role: z.enum(['admin', 'member']),
  expiresAt: z.iso.datetime().nullable(),
  maxUses: z.int().nullable(),
  uses: z.int(),
  createdAt: z.iso.datetime(),
  /** True when its address has an account already, so that nobody can come in by it. */
  hasAccount: z.boolean(),
});
export type AccountInvite = z.infer<typeof AccountInvite>;
/** The answer to `POST /api/v1/admin/invites`. `url` is shown this once. */
export const MadeAccountInvite = AccountInvite.extend({ url: z.string(), mailed: z.boolean() });
export type MadeAccountInvite = z.infer<typeof MadeAccountInvite>;
/** What is not said is one account, within a week; null is without a bound. */
export const NewAccountInvite = z.object({
  email: z.email().max(320).nullish(),
  role: z.enum(['admin', 'member']).optional(),
  expiresAt: z.iso.datetime({ offset: true }).nullish(),
  maxUses: z.int().min(1).max(100_000).nullish(),
});
export type NewAccountInvite = z.infer<typeof NewAccountInvite>;

/** `GET /api/v1/admin/mail`. */
export const MailStatus = z.object({
  configured: z.boolean(),
  /** Who mails are from. */
  from: z.string().nullable(),
  /** When the mail server last took one. */
  lastSentAt: z.iso.datetime().nullable(),
  /** What it last refused one for, in its own words. */
  lastProblem: z.object({ at: z.iso.datetime(), text: z.string() }).nullable(),
});
export type MailStatus = z.infer<typeof MailStatus>;
