/** What server and page share about what a model was told for one reply. */
import { z } from 'zod';
import { LAYERS } from '#features/contexts/rules.ts';
import { Id, Json, SentenceRef } from '#fields';

/** One thing that a model was told. The layers of instructions reach it as one system text, a blank line between them. */
const ToldMessage = z.object({
  role: z.enum(['system', 'user', 'assistant', 'tool']),
  layer: z.enum([...LAYERS, 'history', 'message']),
  /** Of instructions: their version. */
  version: z.int().optional(),
  messageId: Id.optional(),
  /** Empty with `hidden`. */
  text: z.string(),
  /** It is somebody else's own. */
  hidden: z.literal(true).optional(),
  tokens: z.int(),
});
export type ToldMessage = z.infer<typeof ToldMessage>;

/** What a model was told for a reply, rebuilt from what is stored. */
export const ToldContext = z.object({
  /** The model's name at its endpoint, as it was asked. */
  model: z.string(),
  parameters: z.record(z.string(), Json),
  messages: z.array(ToldMessage),
  /** Earlier messages that were left out, the newest thousand of them, oldest first. */
  omitted: z.array(z.object({ messageId: Id, tokens: z.int() })),
  omittedCount: z.int(),
  tools: z.array(Json),
  /** All of it, as it was estimated then. */
  tokens: z.int(),
  /** What the model can read, as is known now. */
  window: z.int(),
  /** Nobody says so: it is assumed. */
  windowAssumed: z.boolean(),
  sha256: z.string(),
  /** What is rebuilt here has the hash that the reply was stamped with. */
  verified: z.boolean(),
  /** Why not: a sentence for people, in English. */
  reason: z.string().optional(),
  /** Names that sentence. */
  why: SentenceRef.optional(),
});
export type ToldContext = z.infer<typeof ToldContext>;
