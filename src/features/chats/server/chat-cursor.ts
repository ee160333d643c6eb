import { z } from 'zod';
import { Id } from '#fields';
import { invalidInput } from '#platform/errors.ts';
import { say } from '#platform/say.ts';

/** A place in the list of chats: after the chat `id`, last active at `activeAt` (ISO, to the microsecond). */
const ChatCursor = z.object({ activeAt: z.iso.datetime({ precision: 6 }), id: Id });
type ChatCursor = z.infer<typeof ChatCursor>;

/** A cursor as clients carry it: opaque to them. */
export const writeCursor = ({ activeAt, id }: ChatCursor): string =>
  Buffer.from(`${activeAt} ${id}`).toString('base64url');

/** The place a cursor stands for; 400 when it was not made by `writeCursor`. */
export function readCursor(cursor: string): ChatCursor {
  const [activeAt, id] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const parsed = ChatCursor.safeParse({ activeAt, id });
  if (!parsed.success) throw invalidInput('cursor', say('cursor_unknown'));
  return parsed.data;
}
