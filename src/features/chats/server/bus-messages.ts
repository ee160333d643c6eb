import { z } from 'zod';
import { Id } from '#fields';
import type { Shapes } from '#platform/live-bus/shapes.ts';
import { TOPICS } from '#platform/signals.ts';

const GenerationCreated = z.object({
  type: z.literal('generation_created'),
  generationId: Id,
  chatId: Id,
  userId: Id,
  from: z.string().nullable(),
});
const ProjectChanged = z.object({ type: z.literal('project_changed'), projectId: Id });
const ChatWithdrawn = z.object({ type: z.literal('chat_withdrawn'), chatId: Id });
const MessageSaved = z.object({ type: z.literal('message_saved'), messageId: Id, chatId: Id });
const OutboxSaved = z.object({
  type: z.literal('outbox_saved'),
  itemId: Id,
  chatId: Id,
  from: z.string().nullable(),
});
/** Passed on as it is, also of a type that a newer version has. */
const News = z.object({
  type: z
    .string()
    .regex(
      /^(?!(?:generation_created|message_saved|outbox_saved|project_changed|chat_withdrawn)$)[a-z_]{1,64}$/,
    ),
  data: z.looseObject({ chatId: Id.optional(), chat: z.looseObject({ id: Id }).optional() }).optional(),
});
const Typing = z.object({
  type: z.literal('typing'),
  userId: Id,
  data: z.object({ chatId: Id, userId: Id, name: z.string().max(1000) }),
});

/** What other processes may tell somebody's connections. What is new they read from the database, each with their own rights. */
export const chatMessages: Shapes = {
  [TOPICS.everybody]: News,
  [TOPICS.user]: z.union([GenerationCreated, ProjectChanged, ChatWithdrawn, MessageSaved, OutboxSaved, News]),
  [TOPICS.project]: z.union([ProjectChanged, ChatWithdrawn, MessageSaved, News]),
  [TOPICS.chat]: z.union([GenerationCreated, Typing]),
};
