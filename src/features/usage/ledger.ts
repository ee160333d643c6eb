/** What server, web and CLI share about the ledger (what was asked, and how it went) and about the queue. */
import { z } from 'zod';
import { Generation, GenerationState, PriorityClass } from '#features/generations/generations.ts';
import { cleanText, Id, Limit } from '#fields';

/** Who asked; only in what admins read of everybody. */
const Asker = z.object({ id: Id, name: z.string() });

/** A row of the ledger: the generation with what was measured. Times in milliseconds. */
export const LedgerEntry = Generation.extend({
  /** The endpoint's name by the time it was asked. */
  endpoint: z.string(),
  /** True where the model server did not count the tokens, so that Parley estimated. */
  tokensEstimated: z.boolean(),
  finishReason: z.string().nullable(),
  /** In line; null while it waits, and for what never started. */
  waitMs: z.int().nullable(),
  ttftMs: z.int().nullable(),
  durationMs: z.int().nullable(),
  /** Money, in the currency prices are kept in; null where no price is known. */
  cost: z.number().nullable(),
  user: Asker.optional(),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

/** `a,b` and `a` given twice mean the same; nothing given is no filter. */
const States = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => [given].flat().flatMap((text) => text.split(',').filter(Boolean)))
  .pipe(z.array(GenerationState));

/** A day or a moment. Years that PostgreSQL writes otherwise are of no use in a ledger. */
const Moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()])
  .transform((text) => new Date(text))
  .refine((time) => time.getUTCFullYear() >= 1970 && time.getUTCFullYear() <= 9999, 'field_out_of_range');

const flag = z.enum(['true', 'false']).default('false');

/** What of the ledger is meant. `from` is included, `to` is not; both are compared with when it was queued. */
export const LedgerFilter = z.object({
  state: States.optional(),
  endpointId: Id.optional(),
  chatId: Id.optional(),
  from: Moment.optional(),
  to: Moment.optional(),
  /** Everybody's, for admins. */
  all: flag,
  /** With `all`: one user's. */
  userId: Id.optional(),
  /** With `all`: part of the user's name or e-mail address. */
  user: cleanText(200).optional(),
});
export type LedgerFilter = z.infer<typeof LedgerFilter>;

/** Query of `GET /api/v1/generations`; the newest come first, `cursor` is the id of the last one seen. */
export const LedgerQuery = LedgerFilter.extend({ limit: Limit, cursor: Id.optional() });
/** Query of `GET /api/v1/generations/export`. */
export const ExportQuery = LedgerFilter.extend({ format: z.enum(['json', 'csv']).default('json') });

/** `GET /api/v1/queue`: the line of one endpoint, in the order in which it will be served. */
export const QueueLine = z.object({
  endpointId: Id,
  name: z.string(),
  slots: z.int(),
  running: z.int(),
  waiting: z.int(),
  entries: z.array(
    z.object({
      /** How many will start before it. */
      position: z.int(),
      class: PriorityClass,
      /** Only of your own; of all for admins who ask for `all`. */
      generationId: Id.optional(),
      chatId: Id.nullable().optional(),
      user: Asker.optional(),
    }),
  ),
});
export type QueueLine = z.infer<typeof QueueLine>;
export const QueueQuery = z.object({ all: flag });
