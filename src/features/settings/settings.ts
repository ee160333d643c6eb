/** What server, page and terminal share about settings: which model answers, with which parameters and tools. */
import { z } from 'zod';
import { cleanText } from '#fields';
import { BOUNDS, EFFORTS, STOP_MAX, STOPS_MAX } from './rules.ts';

const { temperature, maxTokens, topP, seed } = BOUNDS;

/** Model parameters that somebody may set; what is missing is the model's default. */
export const Parameters = z.object({
  temperature: z.number().min(temperature.min).max(temperature.max).optional(),
  maxTokens: z.int().min(maxTokens.min).max(maxTokens.max).optional(),
  topP: z.number().min(topP.min).max(topP.max).optional(),
  seed: z.int().min(seed.min).max(seed.max).optional(),
  stop: z.array(cleanText(STOP_MAX).min(1)).max(STOPS_MAX).optional(),
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
