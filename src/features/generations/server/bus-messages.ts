import { z } from 'zod';
import { Id } from '#fields';
import { readObject, type Shapes } from '#platform/live-bus/shapes.ts';
import { TOPICS } from '#platform/signals.ts';
import { QueueUpdate } from '../stream-events.ts';

/** As they travel; a type may be one that a newer version has. Both are put into frames as they are. */
const Entry = z.object({
  seq: z
    .int()
    .min(1)
    .max(2 ** 31 - 1),
  type: z.string().regex(/^[a-z_]{1,64}$/),
  json: z.string().refine((text) => readObject(text) !== null),
});

/** What other processes may say of generations. Lines and observations are told within a process alone. */
export const generationMessages: Shapes = {
  [TOPICS.generation]: z.discriminatedUnion('type', [
    z.object({ type: z.literal('entries'), entries: z.array(Entry).min(1) }),
    z.object({ type: z.literal('queue_update'), update: QueueUpdate }),
    z.object({ type: z.literal('joined') }),
  ]),
  [TOPICS.cancel]: z.object({ type: z.literal('cancel') }),
  [TOPICS.ended]: z.object({ type: z.literal('generation_ended'), generationId: Id }),
};
