/** What server and page share about the audit log: what admins did. */
import { z } from 'zod';
import { cleanText, Id, IsoTime, Limit } from '#fields';
import { ACTIONS } from './rules.ts';

/** One act. Names are those of that day; a later version of Parley may have written actions and kinds that this one does not know. */
export const AuditItem = z.object({
  id: Id,
  at: IsoTime,
  actor: z.object({ id: Id, name: z.string() }),
  action: z.string(),
  target: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }).nullable(),
  /** What was changed to what, as far as it is no secret. */
  detail: z.record(z.string(), z.json()),
});
export type AuditItem = z.infer<typeof AuditItem>;

/** A day or a moment. */
const Moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()])
  .transform((text) => new Date(text))
  .refine((time) => time.getUTCFullYear() >= 1970 && time.getUTCFullYear() <= 9999, 'field_out_of_range');

/** Query of `GET /api/v1/admin/audit`; the newest come first, `cursor` is the id of the last one seen. */
export const AuditQuery = z.object({
  limit: Limit,
  cursor: Id.optional(),
  /** The id of whoever acted, or a part of their name. */
  actor: cleanText(200).optional(),
  action: z.enum(ACTIONS).optional(),
  /** A part of the name of whom or what it was about. */
  target: cleanText(200).optional(),
  /** Included. */
  from: Moment.optional(),
  /** Not included. */
  to: Moment.optional(),
});
export type AuditQuery = z.infer<typeof AuditQuery>;
