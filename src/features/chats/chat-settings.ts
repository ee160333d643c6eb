/** What server and page share about how the next reply in a chat will be made, and who says so. */
import { z } from 'zod';
import { Visibility } from '#features/projects/projects.ts';
import { From, LayeredSettings } from '#features/settings/settings.ts';
import { Id } from '#fields';

export const ChatSettings = LayeredSettings.extend({
  agentId: z.object({ value: Id.nullable(), from: From }),
  /** What the model is told before the chat itself, in this order. */
  instructions: z.array(z.object({ from: From, version: z.int(), text: z.string() })),
  /** How much the model can read: as its server says (`model`), as an admin says (`instance`), or as is assumed (`default`). */
  window: z.object({ tokens: z.int(), from: From }),
});
export type ChatSettings = z.infer<typeof ChatSettings>;

/** Query of `GET /api/v1/settings`: where a chat is to begin, and which agent is to answer in it. */
export const NewChatPlace = z.object({ projectId: Id, visibility: Visibility, agentId: Id }).partial();
export type NewChatPlace = z.infer<typeof NewChatPlace>;
