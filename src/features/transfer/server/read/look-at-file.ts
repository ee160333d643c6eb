import { createHash } from 'node:crypto';
import type { FileToRead } from '../protocol.ts';
import { bytesOf } from './read-bytes.ts';

/** Of the files that were asked about. */
const hashes = new Map<number, string>();
/** The hash of a whole file, as hex digits. */
export async function hashOf({ fd }: FileToRead): Promise<string> {
  const known = hashes.get(fd);
  if (known) return known;
  const hash = createHash('sha256');
  for await (const chunk of bytesOf(fd)) hash.update(chunk);
  const digest = hash.digest('hex');
  hashes.set(fd, digest);
  return digest;
}

const ZIP = [0x50, 0x4b];
/** A file that begins as an archive does. */
export async function isZip({ fd, size }: FileToRead): Promise<boolean> {
  if (size < 4) return false;
  for await (const chunk of bytesOf(fd, 3))
    return chunk[0] === ZIP[0] && chunk[1] === ZIP[1] && (chunk[2] === 3 || chunk[2] === 5);
  return false;
}
