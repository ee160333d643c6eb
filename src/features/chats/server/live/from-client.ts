/** What a client may say over a socket. */
import { z } from 'zod';
import { Id } from '#fields';
import { type AppError, invalidInput } from '#platform/errors.ts';
import { describeAt, type Issue } from '#platform/http/describe-issue.ts';
import { refusalOf } from '#platform/http/json-body.ts';
import { say } from '#platform/say.ts';
import { NewMessage } from '../../chats.ts';

const Ref = z.string().max(200).optional();
/** The database's integer. */
const MAX_SEQ = 2 ** 31 - 1;
/** A number no event can have is no place, and who names none gets a snapshot, as everywhere. */
const Place = z.int().transform((after) => (after >= 0 && after <= MAX_SEQ ? after : null));
const FromClient = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), payload: NewMessage.extend({ chatId: Id.optional(), ref: Ref }) }),
  z.object({ type: z.literal('cancel'), payload: z.object({ generationId: Id, ref: Ref }) }),
  z.object({
    type: z.literal('subscribe'),
    payload: z.object({ generationId: Id, after: Place.nullable().default(null), ref: Ref }),
  }),
  /** Which chat is on the screen, for what others say and type in it. */
  z.object({ type: z.literal('open'), payload: z.object({ chatId: Id.nullable(), ref: Ref }) }),
  /** Somebody is typing in the chat. */
  z.object({ type: z.literal('typing'), payload: z.object({ chatId: Id.optional(), ref: Ref }).default({}) }),
  z.object({ type: z.literal('ping'), payload: z.object({ ref: Ref }).default({}) }),
]);
export type FromClient = z.infer<typeof FromClient>;

/** The frame in `json`; 400 where it is none. */
export function readFrame(json: unknown): FromClient {
  const parsed = FromClient.safeParse(json);
  if (!parsed.success) throw unusable(parsed.error);
  return parsed.data;
}

/** The JSON of a frame; 400 for what is none, or too much to be read. */
export function parseJson(text: string): unknown {
  const refused = refusalOf(text);
  if (refused) throw refused;
  try {
    return JSON.parse(text);
  } catch {
    throw invalidInput('body', say('body_not_json'));
  }
}

/** What the client called its frame, to be said in the answer. */
export function refOf(json: unknown): string | undefined {
  const ref = (json as { payload?: { ref?: unknown } } | null)?.payload?.ref;
  return typeof ref === 'string' && ref.length <= 200 ? ref : undefined;
}

function unusable(error: z.ZodError): AppError {
  const issue = error.issues[0]! as Issue;
  const path = (issue.path ?? []).filter((step) => step !== 'payload').map(String);
  const { field, sentence } = describeAt(issue, path, 'type');
  return invalidInput(field, sentence);
}
