import { z } from 'zod';
import { Id } from '#fields';
import { invalidInput } from '#platform/errors.ts';
import { say } from '#platform/say.ts';
import type { Found, Window } from './find-sql.ts';

const Place = z.tuple([z.iso.datetime({ precision: 6 }), Id]);
/** A place among the finds: in which pass, in which window of it, after which find. */
const SearchCursor = z.object({
  pass: z.int().min(0).max(3),
  high: Place.nullable(),
  low: Place.nullable(),
  after: z.object({ rank: z.number(), at: z.iso.datetime({ precision: 6 }), id: Id }).nullable(),
});
export type SearchCursor = Window & { pass: number; after: Found | null };

export const BEGINNING: SearchCursor = { pass: 0, high: null, low: null, after: null };

/** A cursor as clients carry it: opaque to them. */
export const writeCursor = (cursor: SearchCursor): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url');

/** The place a cursor stands for; 400 when it was not made by `writeCursor`. */
export function readCursor(cursor: string): SearchCursor {
  try {
    return SearchCursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw invalidInput('cursor', say('cursor_unknown'));
  }
}
