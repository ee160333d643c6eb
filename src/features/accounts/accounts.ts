/** What server, web and CLI share about users: accounts, guests and their limits. */
import { z } from 'zod';
import { Id } from '#features/chats/chats.ts';

/** `guest`: a user without credentials, bound to a browser. */
export const UserRole = z.enum(['admin', 'member', 'guest']);
export type UserRole = z.infer<typeof UserRole>;

/** `GET /api/v1/me`. */
export const Me = z.object({
  id: Id,
  name: z.string(),
  email: z.string(),
  role: UserRole,
  maxChats: z.int(),
  chatCount: z.int(),
  /** When a guest's data is removed unless they come back before; null for accounts. */
  expiresAt: z.iso.datetime().nullable(),
});
export type Me = z.infer<typeof Me>;
