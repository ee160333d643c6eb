/** What server and page share about how the next reply in a chat will be made, and who says so. */
import { z } from 'zod';
import { Visibility } from '#features/projects/projects.ts';
import { ORIGINS } from '#features/settings/rules.ts';
import { Parameters } from '#features/settings/settings.ts';
import { Id } from '#fields';

/** Where a value comes from. */
const from = z.enum(ORIGINS);
/** A value and where it comes from; null from `default`: the model's own. */
const chosen = <T extends z.ZodType>(value: T) => z.object({ value: value.nullable(), from });

const { temperature, maxTokens, topP, seed, stop, reasoningEffort } = Parameters.required().shape;

export const ChatSettings = z.object({
  /** Null: there is no model at all. `model`: the one that answered last here. */
  modelId: chosen(z.string()),
  parameters: z.object({
    temperature: chosen(temperature),
    maxTokens: chosen(maxTokens),
    topP: chosen(topP),
    seed: chosen(seed),
    stop: chosen(stop),
    reasoningEffort: chosen(reasoningEffort),
  }),
  agentId: chosen(Id),
  /** Null: all that are allowed. */
  tools: chosen(z.array(z.string())),
  /** What the model is told before the chat itself, in this order. */
  instructions: z.array(z.object({ from, version: z.int(), text: z.string() })),
  /** How much the model can read: as its server says (`model`), as an admin says (`instance`), or as is assumed (`default`). */
  window: z.object({ tokens: z.int(), from }),
});
export type ChatSettings = z.infer<typeof ChatSettings>;

/** Query of `GET /api/v1/settings`: where a chat is to begin, and which agent is to answer in it. */
export const NewChatPlace = z.object({ projectId: Id, visibility: Visibility, agentId: Id }).partial();
export type NewChatPlace = z.infer<typeof NewChatPlace>;
