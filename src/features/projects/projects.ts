/** What server, page and terminal share about projects: schemas and types. */
import { z } from 'zod';
import { ModelSettings } from '#features/settings/settings.ts';
import { cleanText, Id, IsoTime, Limit } from '#fields';
import { DESCRIPTION_MAX, ICON_MAX, NAME_MAX, ROLES } from './rules.ts';

export const ProjectRole = z.enum(ROLES);
/** Who sees a chat: the members of its project, or its author alone. */
export const Visibility = z.enum(['shared', 'private']);
export type Visibility = z.infer<typeof Visibility>;

export const Project = z.object({
  id: Id,
  name: z.string(),
  description: z.string(),
  icon: z.string(),
  archived: z.boolean(),
  /** The asker's own. */
  role: ProjectRole,
  /** What its chats are made with, where they do not say. */
  defaultVisibility: Visibility,
  /** What replies in its chats are made with, where nothing more specific says so. */
  settings: ModelSettings,
  /** What models are told in its chats, in its version `contextVersion`; 0: nothing was saved yet. */
  instructions: z.string(),
  contextVersion: z.int(),
  /** Of those the asker may read. */
  chatCount: z.int(),
  memberCount: z.int(),
  createdAt: IsoTime,
  /** When something about it last changed, its name for instance. */
  updatedAt: IsoTime,
  /** When something was last said in it that the asker may read; lists are in this order. */
  activeAt: IsoTime,
});
export type Project = z.infer<typeof Project>;

const name = z.string().trim().pipe(cleanText(NAME_MAX).min(1));
const fields = {
  description: cleanText(DESCRIPTION_MAX),
  icon: cleanText(ICON_MAX),
  defaultVisibility: Visibility,
  /** Replaced as a whole. */
  settings: ModelSettings,
  /** Saved as a new version. */
  instructions: cleanText(Number.MAX_SAFE_INTEGER),
};
/** Body of `POST /api/v1/projects`. */
export const NewProject = z.object(fields).partial().extend({ name });
export type NewProject = z.infer<typeof NewProject>;
/** Body of `PATCH`: only what is named changes. */
export const ProjectPatch = z.object({ ...fields, name, archived: z.boolean() }).partial();
export type ProjectPatch = z.infer<typeof ProjectPatch>;

/** Query of `GET /api/v1/projects`. */
export const ProjectFilter = z.object({
  limit: Limit,
  cursor: z.string().max(500).optional(),
  archived: z.enum(['true', 'false', 'all']).default('false'),
  /** Part of the name or the description; case does not matter. */
  q: cleanText(NAME_MAX).optional(),
});
export type ProjectFilter = z.infer<typeof ProjectFilter>;

export const Member = z.object({ userId: Id, name: z.string(), email: z.string(), role: ProjectRole });
export type Member = z.infer<typeof Member>;

/** A link that invites; its token is only in the answer that made it. */
export const Invite = z.object({
  id: Id,
  role: ProjectRole,
  expiresAt: IsoTime.nullable(),
  maxUses: z.int().nullable(),
  uses: z.int(),
  createdAt: IsoTime,
});
export type Invite = z.infer<typeof Invite>;
export const MadeInvite = Invite.extend({ token: z.string() });
/** Body of `POST /api/v1/projects/{id}/invites`. */
export const NewInvite = z.object({
  role: ProjectRole,
  expiresAt: IsoTime.optional(),
  maxUses: z.int().min(1).max(100_000).optional(),
});
export type NewInvite = z.infer<typeof NewInvite>;
