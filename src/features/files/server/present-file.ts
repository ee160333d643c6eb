import type { StoredFile } from '../files.ts';
import type { FileRow } from './access.ts';

/** A file as everybody who may read it sees it. */
export const presentFile = ({ id, name, mediaType, size, sha256, createdAt }: FileRow): StoredFile => ({
  id,
  name,
  mediaType,
  size,
  sha256,
  createdAt: createdAt.toISOString(),
});
