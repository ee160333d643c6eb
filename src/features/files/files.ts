/** What server, page and terminal share about files: what is known of one, and what may be asked. */
import { z } from 'zod';
import { Id, IsoTime, Limit } from '#fields';

/** A file of somebody's, without its bytes. */
export const StoredFile = z.object({
  id: Id,
  /** For people; nothing is decided by it. */
  name: z.string(),
  /** What the bytes are, as they themselves tell. */
  mediaType: z.string(),
  /** Bytes. */
  size: z.int(),
  /** Of the bytes, as 64 hex digits. */
  sha256: z.string(),
  createdAt: IsoTime,
});
export type StoredFile = z.infer<typeof StoredFile>;

/** Query of `GET /api/v1/files`: newest first. */
export const FilesQuery = z.object({ cursor: z.string().optional(), limit: Limit });
