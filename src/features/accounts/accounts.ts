/** What server, web and CLI share about users: accounts, guests and their limits. */
import { z } from 'zod';
import { cleanText, Id } from '#fields';

/** `guest`: a user without credentials, bound to a browser. */
export const UserRole = z.enum(['admin', 'member', 'guest']);
export type UserRole = z.infer<typeof UserRole>;

/** `GET /api/v1/me`. */
export const Me = z.object({
  id: Id,
  name: z.string(),
  /** Empty for guests. */
  email: z.string(),
  role: UserRole,
  maxChats: z.int(),
  chatCount: z.int(),
  /** When a guest's data is removed unless they come back before; null for accounts. */
  expiresAt: z.iso.datetime().nullable(),
});
export type Me = z.infer<typeof Me>;

export const NAME_MAX = 200;
/** A name of a person or a key: something to read, without control characters that could draw elsewhere. */
export const Name = cleanText(NAME_MAX)
  .trim()
  .min(1, 'must not be empty')
  .refine((text) => !/\p{Cc}/u.test(text), 'must not contain control characters');

/** `PATCH /api/v1/me`. */
export const MePatch = z.object({ name: Name.optional() });

/** What one user may use; as `GET /api/v1/admin/settings`, everybody for whom nothing else is set. */
export const Limits = z.object({
  /** Chats that are not archived. */
  maxChats: z.int(),
  /** Generations running at a time; more wait. */
  maxConcurrent: z.int(),
  /** Generations waiting at a time. */
  maxQueued: z.int(),
  /** Sends a minute. */
  requestsPerMinute: z.int(),
  /** Input and output tokens in 24 hours; null is no limit. */
  tokensPerDay: z.int().nullable(),
  /** Share of a scarce endpoint compared with others. */
  weight: z.number(),
});
export type Limits = z.infer<typeof Limits>;
export const LIMIT_NAMES = Object.keys(Limits.shape) as (keyof Limits)[];

/** Far above any use, far below what the columns hold. */
const COUNT_MAX = 1_000_000_000;
const TOKENS_MAX = Number.MAX_SAFE_INTEGER;
const Count = z.int().min(0).max(COUNT_MAX);

/** Limits as they are set: null means the default of one level up. */
export const LimitSettings = z.object({
  maxChats: Count.nullable(),
  maxConcurrent: Count.min(1).nullable(),
  maxQueued: Count.nullable(),
  requestsPerMinute: Count.nullable(),
  tokensPerDay: z.int().min(0).max(TOKENS_MAX).nullable(),
  weight: z.number().min(0.01).max(100).nullable(),
});
export type LimitSettings = z.infer<typeof LimitSettings>;

/** A key for programs. The key itself is in the answer to its creation only. */
export const ApiKey = z.object({
  id: Id,
  name: z.string(),
  /** The first characters, to tell keys apart. */
  prefix: z.string(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});
export type ApiKey = z.infer<typeof ApiKey>;
/** The answer to `POST /api/v1/api-keys`. `key` is shown this once. */
export const NewApiKey = ApiKey.extend({ key: z.string() });
export type NewApiKey = z.infer<typeof NewApiKey>;
export const ApiKeyInput = z.object({
  name: Name,
  expiresAt: z.iso.datetime({ offset: true }).nullish(),
});

/** A user as admins see them. Limits are those set for this user; null is the instance's default. */
export const AdminUser = LimitSettings.extend({
  id: Id,
  name: z.string(),
  /** Empty for guests. */
  email: z.string(),
  role: UserRole,
  disabled: z.boolean(),
  chatCount: z.int(),
  createdAt: z.iso.datetime(),
  lastActiveAt: z.iso.datetime(),
});
export type AdminUser = z.infer<typeof AdminUser>;
export const AdminUserPatch = LimitSettings.partial().extend({
  role: z.enum(['admin', 'member']).optional(),
  disabled: z.boolean().optional(),
});
export type AdminUserPatch = z.infer<typeof AdminUserPatch>;

/** `PATCH /api/v1/admin/settings`; null brings back the built-in default. */
export const SettingsPatch = LimitSettings.partial();
