/** What server and page share about contexts: versioned instructions to the models, and the stamp of what a reply was made with. */
import { z } from 'zod';
import { cleanText, Id, IsoTime, Limit } from '#fields';

/** Whose instructions are kept in the store of versions; an agent's are part of its own versions. */
export const ContextKind = z.enum(['primary', 'personal', 'project', 'chat']);
export type ContextKind = z.infer<typeof ContextKind>;

/** Who saved a version; null once the account is gone. */
const Author = z.object({ id: Id, name: z.string() }).nullable();

/** The instructions in force. Without any saved: version 0, and the built-in text or none. */
export const Context = z.object({
  content: z.string(),
  version: z.int(),
  updatedAt: IsoTime.nullable(),
  updatedBy: Author,
  /** None was saved yet. */
  isDefault: z.boolean(),
});
export type Context = z.infer<typeof Context>;

/** One version of instructions; it never changes. */
export const ContextVersion = z.object({
  version: z.int(),
  content: z.string(),
  createdAt: IsoTime,
  createdBy: Author,
  /** The version that it brought back. */
  restoredFrom: z.int().optional(),
});
export type ContextVersion = z.infer<typeof ContextVersion>;

/** Body of `PUT`: with `baseVersion`, only if that is still the one in force. */
export const NewContext = z.object({
  content: cleanText(Number.MAX_SAFE_INTEGER),
  baseVersion: z.int().min(0).optional(),
});
export type NewContext = z.infer<typeof NewContext>;

/** Query of a list of versions; `cursor`: the version that the page before ended with. */
export const VersionsQuery = z.object({
  limit: Limit,
  cursor: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
});

const Version = z.int().nullable();
/** What a reply was made with: the version of each layer (0: the built-in text; null: none), and the proof of what was sent. */
export const ContextStamp = z.object({
  primary: Version,
  personal: Version,
  project: Version,
  agent: Version,
  chat: Version,
  agentId: Id.nullable(),
  /** How many earlier messages were left out, because they did not fit. */
  omitted: z.int(),
  estimatedTokens: z.int(),
  /** `sha256:` and 64 hex digits, over the canonical JSON (RFC 8785) of `{model, parameters, messages: [{role, content}], tools}`. */
  sha256: z.string(),
});
export type ContextStamp = z.infer<typeof ContextStamp>;
