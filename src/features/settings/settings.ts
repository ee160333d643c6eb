/** What server, page and terminal share about settings: which model answers, with which parameters and tools. */
import { z } from 'zod';
import { cleanText } from '#fields';
import { EFFORTS } from './rules.ts';

/** Model parameters that somebody may set; what is missing is the model's default. */
export const Parameters = z.object({
  temperature: z.number().min(0).max(2).optional(),
  maxTokens: z.int().min(1).max(1_000_000).optional(),
  topP: z.number().min(0).max(1).optional(),
  seed: z.int().min(-2_147_483_648).max(2_147_483_647).optional(),
  stop: z.array(cleanText(200).min(1)).max(8).optional(),
  /** For models that reason before they answer. */
  reasoningEffort: z.enum(EFFORTS).optional(),
});
export type Parameters = z.infer<typeof Parameters>;

/** `<endpoint name>/<model name>`. */
export const ModelId = cleanText(400).min(1);
/** Names of tools, `<server>__*` for all of one server. */
export const ToolNames = z.array(cleanText(100).min(1)).max(50);

/** What one layer says: a chat, a project, a person, the instance. What it leaves open is for the layers below it to say. */
export const ModelSettings = z.strictObject({
  modelId: ModelId.optional(),
  parameters: z.strictObject(Parameters.shape).optional(),
  tools: ToolNames.optional(),
});
export type ModelSettings = z.infer<typeof ModelSettings>;
