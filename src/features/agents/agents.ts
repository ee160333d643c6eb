/** What server, page and terminal share about agents: a model, parameters, instructions and tools under a name. */
import { z } from 'zod';
import { ModelId, Parameters, ToolNames } from '#features/settings/settings.ts';
import { cleanText, Id, IsoTime, Limit } from '#fields';
import { DESCRIPTION_MAX, ICON_MAX, NAME_MAX, SCOPES, STARTER_MAX, STARTERS_MAX } from './rules.ts';

export const AgentScope = z.enum(SCOPES);

/** What a version holds, and what it is when nobody says. */
const fields = {
  name: z.string().trim().pipe(cleanText(NAME_MAX).min(1)),
  description: cleanText(DESCRIPTION_MAX),
  icon: cleanText(ICON_MAX),
  /** Null: the agent leaves the model to the layers below it. */
  modelId: ModelId.nullable(),
  parameters: z.strictObject(Parameters.shape),
  instructions: cleanText(Number.MAX_SAFE_INTEGER),
  /** None named: the agent leaves them to the layers below it. */
  tools: ToolNames,
  /** Prompts that are shown when a chat with it begins. */
  starters: z.array(cleanText(STARTER_MAX).min(1)).max(STARTERS_MAX),
};
const Content = z.object({ ...fields, name: z.string(), instructions: z.string() });
/** All that a version of an agent says. */
export type AgentContent = z.infer<typeof Content>;

export const Agent = Content.extend({
  id: Id,
  scope: AgentScope,
  /** Of an agent of a project; else null. */
  projectId: Id.nullable(),
  /** The version in force, from 1. */
  version: z.int(),
  /** It answers nothing any more; what it answered still names it. */
  archived: z.boolean(),
  /** Whether the asker may change it. */
  mayWrite: z.boolean(),
  createdAt: IsoTime,
  updatedAt: IsoTime,
});
export type Agent = z.infer<typeof Agent>;

/** Body of `POST /api/v1/agents`; an agent is its maker's own unless told. */
export const NewAgent = z
  .object(fields)
  .partial()
  .extend({ name: fields.name, scope: AgentScope.default('personal'), projectId: Id.nullish() });
export type NewAgent = z.infer<typeof NewAgent>;

/** Body of `PATCH`: only what is named changes, as a new version. With `baseVersion`, only if that is still the one in force. */
export const AgentPatch = z
  .object({ ...fields, archived: z.boolean(), baseVersion: z.int().min(1) })
  .partial();
export type AgentPatch = z.infer<typeof AgentPatch>;

/** Query of `GET /api/v1/agents`: those that the asker may use; `cursor`: the agent that the page before ended with. */
export const AgentFilter = z.object({
  limit: Limit,
  cursor: Id.optional(),
  scope: AgentScope.optional(),
  /** Of this project alone. */
  projectId: Id.optional(),
  archived: z.enum(['true', 'false', 'all']).default('false'),
});
export type AgentFilter = z.infer<typeof AgentFilter>;

/** One version of an agent; it never changes. */
export const AgentVersion = Content.extend({
  version: z.int(),
  createdAt: IsoTime,
  /** Null once the account is gone. */
  createdBy: z.object({ id: Id, name: z.string() }).nullable(),
  /** The version that it brought back. */
  restoredFrom: z.int().optional(),
});
export type AgentVersion = z.infer<typeof AgentVersion>;
