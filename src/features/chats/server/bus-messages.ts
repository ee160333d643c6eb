import { z } from 'zod';
import { Id } from '#fields';
import type { Shapes } from '#platform/live-bus/shapes.ts';
import { TOPICS } from '#platform/signals.ts';

/**
 * What other processes may tell somebody's connections. A reply that is new and a message that changed are read from the database; everything else is
 * passed on as it is, also of a type that a newer version has.
 */
export const chatMessages: Shapes = {
  [TOPICS.user]: z.union([
    z.object({
      type: z.literal('generation_created'),
      generationId: Id,
      chatId: Id,
      from: z.string().nullable(),
    }),
    z.object({ type: z.literal('message_saved'), messageId: Id, chatId: Id }),
    z.object({
      type: z.string().regex(/^(?!(?:generation_created|message_saved)$)[a-z_]{1,64}$/),
      data: z.looseObject({ chatId: Id.optional(), chat: z.looseObject({ id: Id }).optional() }).optional(),
    }),
  ]),
};
