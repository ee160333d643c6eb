/** What server, web and CLI share about users: accounts, guests and their limits. */
import { z } from 'zod';
import { ModelId, ModelSettings } from '#features/settings/settings.ts';
import { cleanText, Id } from '#fields';
import { NAME_MAX, PASSWORD_MAX, SCOPES } from './rules.ts';

/** `guest`: a user without credentials, bound to a browser. */
export const UserRole = z.enum(['admin', 'member', 'guest']);
export type UserRole = z.infer<typeof UserRole>;

/** `GET /api/v1/me`. */
export const Me = z.object({
  id: Id,
  name: z.string(),
  /** Empty for guests. */
  email: z.string(),
  /** True once a mail's link has proved that the address is theirs. */
  emailVerified: z.boolean(),
  role: UserRole,
  maxChats: z.int(),
  chatCount: z.int(),
  /** When a guest's data is removed unless they come back before; null for accounts. */
  expiresAt: z.iso.datetime().nullable(),
  /** True for a guest where anybody may make an account. */
  maySignUp: z.boolean(),
  /** What they chose to read, on every device; null: as each of their browsers says. */
  language: z.enum(['en', 'ru']).nullable(),
  /** What they have replies made with, where nothing more specific says so. */
  settings: ModelSettings,
});
export type Me = z.infer<typeof Me>;

/** Characters that draw elsewhere than where they stand, or break a line. */
const OUT_OF_LINE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
/** A character with ink. Blank ones that count as letters or symbols (Hangul fillers, empty Braille) are none. */
const VISIBLE = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u;
/** In UTF-16 as JavaScript counts, before trimming. */
const NAME_UNITS_MAX = 1000;

/** A name of a person or a key: 1 to 100 characters after trimming, something to read, that stays in its line. */
export const Name = cleanText(NAME_UNITS_MAX)
  .trim()
  .min(1, 'field_empty')
  .refine((text) => [...text].length <= NAME_MAX, 'field_name_too_long')
  .refine((text) => !OUT_OF_LINE.test(text), 'field_control')
  .refine((text) => VISIBLE.test(text), 'field_invisible');

/** `PATCH /api/v1/me`: only what is named changes; `settings` as a whole. */
export const MePatch = z
  .object({ name: Name, settings: ModelSettings, language: Me.shape.language })
  .partial();
export type MePatch = z.infer<typeof MePatch>;

/** `POST /api/v1/me/email`. */
export const EmailChange = z.object({ email: z.email().max(320), password: z.string().max(PASSWORD_MAX) });
export type EmailChange = z.infer<typeof EmailChange>;

/** `open`: anybody may make an account; `invite`: who was invited; `off`: nobody. */
export const SignUpMode = z.enum(['open', 'invite', 'off']);

/** `GET /api/auth/sign-up`: who may make an account here. */
export const SignUpRules = z.object({
  signUp: SignUpMode,
  /** What the first account is made with, which becomes the admin: the set-up code, or on the server's own machine nothing. Null when there is an admin. */
  setup: z.enum(['code', 'nothing']).nullable(),
  /** Where else one may sign in, or up: `providerId` of `POST /api/auth/sign-in/oauth2`, and what its button says. */
  providers: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Whether mails are sent, such as those with a link to choose a new password. */
  mail: z.boolean(),
  /** With `?invite=`: what that invitation is good for; null when it is not good any more. */
  invite: z
    .object({ email: z.string().nullable(), role: z.enum(['admin', 'member']) })
    .nullable()
    .optional(),
});
export type SignUpRules = z.infer<typeof SignUpRules>;

/** `GET /api/v1/me/two-factor`. */
export const SecondFactor = z.object({
  enabled: z.boolean(),
  /** Recovery codes that were not used. */
  recoveryCodesLeft: z.int(),
  /** False for who comes through a provider alone: a second factor comes after a password. */
  hasPassword: z.boolean(),
});
export type SecondFactor = z.infer<typeof SecondFactor>;

/** What one user may use. */
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
  /** Text and files, in bytes. */
  maxStorageBytes: z.int(),
});
export type Limits = z.infer<typeof Limits>;
export const LIMIT_NAMES = Object.keys(Limits.shape) as (keyof Limits)[];

/** Far above any use, far below what the columns hold. */
const COUNT_MAX = 1_000_000_000;
const TOKENS_MAX = Number.MAX_SAFE_INTEGER;
const Count = z.int().min(0).max(COUNT_MAX);
const Bytes = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

/** Limits as they are set: null means the default of one level up. */
export const LimitSettings = z.object({
  maxChats: Count.nullable(),
  maxConcurrent: Count.min(1).nullable(),
  maxQueued: Count.nullable(),
  requestsPerMinute: Count.nullable(),
  tokensPerDay: z.int().min(0).max(TOKENS_MAX).nullable(),
  weight: z.number().min(0.01).max(100).nullable(),
  maxStorageBytes: Bytes.nullable(),
});
export type LimitSettings = z.infer<typeof LimitSettings>;

export const Scope = z.enum(SCOPES);
/** What guests may use, in place of the limits of the same names; and all guests of one address together. */
export const GuestLimits = Limits.pick({
  maxQueued: true,
  maxConcurrent: true,
  tokensPerDay: true,
  maxStorageBytes: true,
}).extend({
  perAddress: Limits.pick({ maxQueued: true, maxConcurrent: true, maxStorageBytes: true }),
});
export type GuestLimits = z.infer<typeof GuestLimits>;

/**
 * `GET /api/v1/admin/settings`: the limits of everybody for whom nothing else is set, those of guests, and what replies are made
 * with where nobody says.
 */
export const Settings = Limits.extend({
  guests: GuestLimits,
  settings: ModelSettings,
  /** Whether chats may be shared by links that need no account; `off` takes those away that there are, until it is on again. */
  sharing: z.enum(['on', 'off']),
  /** The largest file that may be stored. */
  maxFileBytes: z.int(),
  /** The model that makes titles of new chats, in class `background`; `off`: they keep the first words of their first message. */
  titles: z.union([z.literal('off'), z.strictObject({ modelId: ModelId })]),
});
export type Settings = z.infer<typeof Settings>;

/** One of `GET /api/auth/list-sessions`: somewhere an account is signed in. In better-auth's shape, but for the token. */
export const SignIn = z.object({
  id: Id,
  userId: Id,
  createdAt: z.iso.datetime(),
  /** When it was last used, to the minute. */
  updatedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** Null for guests. */
  ipAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
  /** True for the one that asked. */
  current: z.boolean(),
});
export type SignIn = z.infer<typeof SignIn>;

/** `POST /api/v1/admin/users/{id}/sign-out`. */
export const SignOut = z.object({ revokeKeys: z.boolean().default(false) });

/** A key for programs. The key itself is in the answer to its creation only. */
export const ApiKey = z.object({
  id: Id,
  name: z.string(),
  /** The first characters, to tell keys apart. */
  prefix: z.string(),
  scopes: z.array(Scope),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
  /** When it stops working unless it is used before; null: never. */
  idleAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});
export type ApiKey = z.infer<typeof ApiKey>;
/** The answer to `POST /api/v1/api-keys`. `key` is shown this once. */
export const NewApiKey = ApiKey.extend({ key: z.string() });
export type NewApiKey = z.infer<typeof NewApiKey>;
export const ApiKeyInput = z.object({
  name: Name,
  expiresAt: z.iso.datetime({ offset: true }).nullish(),
  /** `["chat", "models"]` unless told. */
  scopes: z.array(Scope).min(1).max(SCOPES.length).optional(),
});
export type ApiKeyInput = z.infer<typeof ApiKeyInput>;

/** A user as admins see them. Limits are those set for this user; null is the instance's default. */
export const AdminUser = LimitSettings.extend({
  id: Id,
  name: z.string(),
  /** Empty for guests. */
  email: z.string(),
  emailVerified: z.boolean(),
  role: UserRole,
  disabled: z.boolean(),
  /** True when they have a second factor. */
  twoFactor: z.boolean(),
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

/** `PATCH /api/v1/admin/settings`; null brings back the built-in default, and `settings` are replaced as a whole. */
export const SettingsPatch = LimitSettings.partial().extend({
  settings: ModelSettings.optional(),
  sharing: Settings.shape.sharing.nullable().optional(),
  maxFileBytes: Bytes.min(1).nullable().optional(),
  titles: Settings.shape.titles.nullable().optional(),
  guests: LimitSettings.pick({
    maxQueued: true,
    maxConcurrent: true,
    tokensPerDay: true,
    maxStorageBytes: true,
  })
    .partial()
    .extend({
      perAddress: LimitSettings.pick({ maxQueued: true, maxConcurrent: true, maxStorageBytes: true })
        .partial()
        .optional(),
    })
    .optional(),
});
export type SettingsPatch = z.infer<typeof SettingsPatch>;
/** What an admin has set, as it is stored; what is missing is the built-in default. */
export type StoredSettings = SettingsPatch;
